/** The keepalived of this machine, asked what it thinks of a configuration. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const version = /Keepalived v(2\.\d+)/.exec(spawnSync('keepalived', ['--version'], { encoding: 'utf8' }).stderr ?? '')

/** `2.2`, undefined where no keepalived 2.x is installed. */
export const installedVersion = version?.[1]

if (installedVersion === undefined)
  console.warn('SKIPPED: no keepalived 2.x is installed, so nothing was compared with the program itself')

export interface Said {
  /** Keywords it does not know, with their lines; a `}` that it takes for a keyword is left out. */
  readonly unknown: readonly { readonly line: number; readonly word: string }[]
  /** Does it complain of braces or quotes? */
  readonly braces: boolean
}

/** `keepalived --config-test` of a text. Reads only; runs no script and touches no network. */
export function askKeepalived(text: string): Said {
  const folder = mkdtempSync(join(tmpdir(), 'lvsdoctor-keepalived-'))
  try {
    const file = join(folder, 'keepalived.conf')
    writeFileSync(file, `${text}\n`, { mode: 0o644 })
    const { stderr } = spawnSync('keepalived', ['--config-test', '-f', file], { encoding: 'utf8', timeout: 10_000 })
    const found = [...stderr.matchAll(/Line (\d+)\) Unknown keyword '([^']*)'/g)]
    return {
      unknown: found.map(([, line, word = '']) => ({ line: Number(line), word })).filter(({ word }) => word !== '}'),
      braces: /There are \d+ missing '}'s|Extra '}' found|Unexpected '{'|missing from beginning of block|Unterminated quote/.test(stderr),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
