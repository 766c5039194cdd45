/** Where the evidence of a `check` comes from. */
import { join } from 'node:path'
import { EXIT, UserError } from '../../model/errors.ts'
import { exampleNames } from '../../sources/examples.ts'
import { readSources } from '../../sources/files.ts'
import type { Gathered } from '../../sources/input.ts'
import { type CollectOptions, collectHere } from '../../sources/local.ts'
import { readStream } from '../../sources/read-bytes.ts'
import { closest } from './closest.ts'
import { note } from './notes.ts'

export interface GatherOptions extends CollectOptions {
  readonly host?: string
  readonly quiet: boolean
}

export interface Evidence extends Gathered {
  /** `--timeout` cut the collection short. */
  readonly timedOut: boolean
}

/** No SOURCE: this host. Otherwise files, folders and `-`. */
export async function gather(words: readonly string[], options: GatherOptions): Promise<Evidence> {
  if (words.length === 0) {
    if (options.host !== undefined) throw new UserError('--as names a SOURCE, and there is none', EXIT.usage)
    const { input, timedOut } = await collectHere(options)
    return { inputs: [input], notRead: [], timedOut }
  }
  const gathered = await readSources(words, {
    stdin: () => readStdin(options.quiet),
    ...(options.host === undefined ? {} : { host: options.host }),
  })
  if (options.host !== undefined && gathered.inputs.length !== 1)
    throw new UserError('--as names one SOURCE; use NAME=PATH for several', EXIT.usage)
  for (const { name, why } of gathered.notRead) note(options.quiet, `not read: ${name} (${why})`)
  return { ...gathered, timedOut: false }
}

/** All of stdin; a person at a keyboard is told what is waited for. */
export function readStdin(quiet: boolean): Promise<Uint8Array> {
  if (process.stdin.isTTY) note(quiet, 'paste the session here, then Ctrl-D on a line of its own')
  return readStream(process.stdin)
}

/** An example's folder as a SOURCE. */
export async function gatherExample(
  root: string,
  asked: string | undefined,
  options: GatherOptions,
): Promise<Evidence> {
  const folder = join(root, 'fixtures', 'cases')
  const names = exampleNames(folder)
  const name = asked ?? names.find((one) => one.includes('split-brain')) ?? names[0]
  if (name === undefined || !names.includes(name)) {
    const meant = closest(name ?? '', names)
    throw new UserError(`there is no example ${name ?? ''}`.trimEnd(), EXIT.usage, [
      `lvsdoctor check --example ${meant ?? 'list'}`,
    ])
  }
  return gather([join(folder, name)], { ...options, quiet: true })
}
