/** Where the evidence of a `check` comes from. */
import { join } from 'node:path'
import { EXIT, UserError } from '../../model/errors.ts'
import { exampleNames } from '../../sources/examples.ts'
import { readSources } from '../../sources/files.ts'
import type { Gathered } from '../../sources/input.ts'
import { type CollectOptions, collectHere } from '../../sources/local.ts'
import { readStream } from '../../sources/read-bytes.ts'
import type { RemoteOptions } from '../../sources/ssh.ts'
import { closest } from './closest.ts'
import { gatherHosts } from './gather-hosts.ts'
import type { AskedHosts } from './hosts.ts'
import { listCapture } from './list-capture.ts'
import { note } from './notes.ts'

export interface GatherOptions extends CollectOptions {
  readonly host?: string
  readonly quiet: boolean
  readonly verbose: boolean
  readonly asked?: AskedHosts
  readonly onHost?: NonNullable<RemoteOptions['onHost']>
}

export interface Evidence extends Gathered {
  /** `--timeout` cut the collection short. */
  readonly timedOut: boolean
}

/** No SOURCE and no host: this host. Otherwise hosts, files, folders and `-`. */
export async function gather(words: readonly string[], options: GatherOptions): Promise<Evidence> {
  const { asked } = options
  if (asked === undefined) return gatherGiven(words, options)
  const over = await gatherHosts(asked, options)
  if (words.length === 0) return { ...over, notRead: [] }
  const given = await gatherGiven(words, options)
  return {
    ...given,
    timedOut: over.timedOut,
    inputs: [...over.inputs, ...given.inputs],
    notReached: [...over.notReached, ...(given.notReached ?? [])],
  }
}

async function gatherGiven(words: readonly string[], options: GatherOptions): Promise<Evidence> {
  if (words.length === 0) {
    if (options.host !== undefined) throw new UserError('--as names a SOURCE, and there is none', EXIT.usage)
    const { input, timedOut } = await collectHere(options)
    return { inputs: [input], notRead: [], timedOut }
  }
  const gathered = await readSources(words, {
    stdin: () => readStdin(options.quiet),
    capture: listCapture,
    ...(options.host === undefined ? {} : { host: options.host }),
  })
  if (options.host !== undefined && gathered.inputs.length !== 1)
    throw new UserError('--as names one SOURCE; use NAME=PATH for several', EXIT.usage)
  for (const { name, why } of gathered.notRead) note(options.quiet, `not read: ${name} (${why})`)
  for (const { name, bytes } of gathered.inputs) {
    if (bytes.length === 0 && gathered.inputs.length > 1) note(options.quiet, `empty: ${name}`)
    else if (options.verbose) note(options.quiet, `read: ${name}, ${bytes.length} bytes`)
  }
  return { ...gathered, timedOut: false }
}

/** All of stdin; a person at a keyboard is told what is waited for. */
export function readStdin(quiet: boolean): Promise<Uint8Array> {
  if (process.stdin.isTTY) note(quiet, 'paste the session here, then Ctrl-D on a line of its own')
  return readStream(process.stdin)
}

/** The incident shown when none is named: both directors refuse VRRP, both hold the VIP. */
const DEFAULT_EXAMPLE = 'dr-vrrp-drop-policy-both'

/** A bundled incident's folder as the SOURCE. */
export async function gatherExample(root: string, words: readonly string[], options: GatherOptions): Promise<Evidence> {
  if (words.length > 1) throw new UserError('--example takes one name', EXIT.usage, ['lvsdoctor check --example list'])
  const folder = join(root, 'fixtures', 'cases')
  const names = exampleNames(folder)
  const name = words[0] ?? DEFAULT_EXAMPLE
  if (names.includes(name)) return gather([join(folder, name)], { ...options, quiet: true })
  throw new UserError(`there is no example ${name}`, EXIT.usage, [
    `lvsdoctor check --example ${closest(name, names) ?? 'list'}`,
  ])
}
