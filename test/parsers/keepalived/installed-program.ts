/** The keepalived of this machine, asked what it thinks of a configuration. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const version = /Keepalived v(2\.\d+)/.exec(spawnSync('keepalived', ['--version'], { encoding: 'utf8' }).stderr ?? '')

/** `2.2`, undefined where no keepalived 2.x is installed. */
export const installedVersion = version?.[1]

if (installedVersion === undefined)
  console.warn('SKIPPED: no keepalived 2.x is installed, so nothing was compared with the program itself')

export interface Complaint {
  /** 0: of no line in particular. */
  readonly line: number
  readonly text: string
}

export interface Said {
  /** Keywords it does not know, with their lines; a `}` that it takes for a keyword is left out. */
  readonly unknown: readonly { readonly line: number; readonly word: string }[]
  readonly complaints: readonly Complaint[]
  /** Does it complain of braces or quotes? */
  readonly braces: boolean
  /** It fell over, or never came to an end: 2.2.7 does, for a track_file that is not defined and for some missing names. */
  readonly crashed: boolean
}

/** Reads only; runs no script and touches no network. Limits, because of those that never end. */
const COMMAND = ['--as=1073741824', '--cpu=2', 'keepalived', '--config-test', '-i', 'testhost', '-f'] as const
const BRACES =
  /There are \d+ missing '}'s|Extra '}' found|Unexpected '{'|missing from beginning of block|Unterminated quote/

/** `keepalived --config-test` of a text. */
export async function askKeepalived(text: string): Promise<Said> {
  const folder = mkdtempSync(join(tmpdir(), 'lvsdoctor-keepalived-'))
  const file = join(folder, 'keepalived.conf')
  writeFileSync(file, `${text}\n`, { mode: 0o644 })
  const program = spawn('prlimit', [...COMMAND, file], { stdio: ['ignore', 'ignore', 'pipe'], timeout: 5_000 })
  let stderr = ''
  program.stderr.on('data', (data) => {
    stderr += data
  })
  const code = await new Promise<number | null>((resolve) => program.on('close', resolve))
  rmSync(folder, { recursive: true })
  return understand(stderr, code === null || code > 128)
}

/** The same of many texts, two at a time. */
export async function askAll(texts: readonly string[]): Promise<readonly Said[]> {
  const said: Said[] = []
  let next = 0
  const worker = async () => {
    for (let index = next++; index < texts.length; index = next++) said[index] = await askKeepalived(texts[index] ?? '')
  }
  await Promise.all([worker(), worker()])
  return said
}

function understand(stderr: string, crashed: boolean): Said {
  const lines = stderr.split('\n').filter((line) => line !== '')
  const complaints = lines.map((text) => ({ line: Number(/^\((?:\S+: )?Line (\d+)\)/.exec(text)?.[1] ?? 0), text }))
  const unknown = complaints.flatMap(({ line, text }) => {
    const word = /Unknown keyword '([^']*)'/.exec(text)?.[1]
    return word === undefined || word === '}' ? [] : [{ line, word }]
  })
  return { unknown, complaints, braces: BRACES.test(stderr), crashed }
}
