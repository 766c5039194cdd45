/** The table of who may import whom, enforced from the import lines. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const SRC = resolve(import.meta.dirname, '../src')

/** Layer -> layers and packages it may import. Its own layer is always allowed unless named in ALONE. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  model: [],
  lib: ['ipaddr.js', 'string-width'],
  probes: ['model', 'lib'],
  transcript: ['model', 'lib'],
  parsers: ['model', 'lib'],
  kernel: ['model', 'lib'],
  topology: ['model', 'lib'],
  checks: ['model', 'lib', 'kernel', 'topology'],
  trace: ['model', 'lib', 'kernel', 'topology'],
  engine: ['model', 'lib', 'probes', 'transcript', 'parsers', 'kernel', 'topology', 'checks'],
  sources: ['model', 'lib', 'probes', 'transcript', 'execa', 'pcap-parser', 'nanotar', 'node:*'],
  report: ['model', 'lib', 'chalk', 'cli-table3', 'string-width'],
  ui: ['model', 'lib', 'report', 'ink', 'react', 'string-width'],
  commands: [
    'model',
    'lib',
    'sources',
    'engine',
    'report',
    'ui',
    '@oclif/core',
    'node:*',
    'probes',
    'transcript',
    'kernel',
    'trace',
  ],
}

const files = (readdirSync(SRC, { recursive: true }) as string[]).filter((file) => /\.tsx?$/.test(file))

/** Imported names of one file: `model`, `execa`, `node:fs` -> `node:*`. */
function importsOf(file: string): readonly { readonly name: string; readonly line: string; readonly target: string }[] {
  const text = readFileSync(join(SRC, file), 'utf8')
  const lines =
    text.match(
      /(?:import|export)\s[^'"`;]*?from\s+['"][^'"]+['"]|import\s*\(\s*['"][^'"]+['"]\s*\)|^import\s+['"][^'"]+['"]/gm,
    ) ?? []
  return lines.map((line) => {
    const target = /['"]([^'"]+)['"]/.exec(line)?.[1] ?? ''
    if (!target.startsWith('.')) {
      const name = target.startsWith('node:')
        ? 'node:*'
        : target.startsWith('@')
          ? target.split('/').slice(0, 2).join('/')
          : (target.split('/')[0] ?? '')
      return { name, line, target }
    }
    const path = relative(SRC, resolve(SRC, dirname(file), target))
    return { name: path.split('/')[0] ?? '', line, target: path }
  })
}

describe('layers', () => {
  it('has a row for every folder of src, and a folder for every row', () => {
    const folders = readdirSync(SRC, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
    expect(folders.sort()).toEqual(Object.keys(MAY).sort())
  })

  it.each(files.filter((file) => file.includes('/')))('%s imports only what its layer may', (file) => {
    const layer = file.split('/')[0] ?? ''
    const allowed = MAY[layer] ?? []
    const bad = importsOf(file).filter(({ name }) => name !== layer && !allowed.includes(name))
    expect(bad.map(({ line }) => line)).toEqual([])
  })

  it('checks do not import each other, nor parsers each other', () => {
    const guilty = files
      .filter((file) => /^checks\/[^/]+\.ts$/.test(file) && !/^checks\/index\.ts$/.test(file))
      .flatMap((file) =>
        importsOf(file)
          .filter(({ target }) => /^checks\/[^/]+\.ts$/.test(target))
          .map(({ target }) => `${file} -> ${target}`),
      )
    expect(guilty).toEqual([])
  })

  it('ui is imported by await import() only, and react, ink and execa never reach the main bundle', () => {
    const guilty = files
      .filter((file) => !file.startsWith('ui/'))
      .flatMap((file) =>
        importsOf(file)
          .filter(
            ({ name, line }) =>
              (name === 'ui' || name === 'ink' || name === 'react') && !/^import\s*\(|import type/.test(line),
          )
          .map(({ line }) => `${file}: ${line}`),
      )
    expect(guilty).toEqual([])
  })

  it('the engine, parsers, checks and kernel models touch neither process nor console', () => {
    const guilty = files
      .filter((file) => /^(?:engine|parsers|checks|kernel|topology|trace|transcript|report|model|lib)\//.test(file))
      .filter((file) =>
        /\bconsole\.|\bprocess\.(?!\w+\s*:)/.test(
          readFileSync(join(SRC, file), 'utf8')
            .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
            .replace(/'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, "''"),
        ),
      )
    expect(guilty).toEqual([])
  })
})
