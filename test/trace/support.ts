/** Cases and questions as the trace tests ask them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readCase } from '../../src/engine/index.ts'
import type { Case } from '../../src/model/case.ts'
import type { PathTrace } from '../../src/model/trace.ts'

const CASES = resolve(import.meta.dirname, '../../fixtures/cases')

/** A folder of fixtures/cases; `without`: hosts whose text is left out. */
export function caseOf(name: string, without: readonly string[] = []): Case {
  const folder = join(CASES, name)
  const files = readdirSync(folder).filter((file) => /\.(?:txt|md)$/.test(file))
  const kept = files.filter((file) => !without.includes(file.replace(/\.\w+$/, '')))
  return readCase(
    kept.map((file) => ({ name: file, bytes: readFileSync(join(folder, file)), path: join(folder, file) })),
  )
}

/** A host's text: sessions of `# command` and what it printed. */
export function hostText(
  name: string,
  outputs: Readonly<Record<string, string>>,
): { name: string; bytes: Uint8Array; host: string } {
  const text = Object.entries(outputs).map(([command, output]) => `[root@${name} ~]# ${command}\n${output.trim()}\n`)
  return { name: `${name}.txt`, bytes: new TextEncoder().encode(`${text.join('')}[root@${name} ~]# \n`), host: name }
}

/** Where it ends: `ds1 filter-input drop`. */
export function endOf({ trace, verdict }: PathTrace): string {
  const hop = trace.find((one) => one.verdict === verdict && verdict !== 'accept')
  return hop === undefined ? verdict : `${hop.host ?? '-'} ${hop.step} ${hop.verdict}`
}

/** Hosts and steps of one way. */
export function stepsOf({ trace }: PathTrace, path: string | null): readonly string[] {
  return trace.filter((hop) => hop.path === path).map(({ host, step }) => `${host ?? '-'} ${step}`)
}
