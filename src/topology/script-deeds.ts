/** What a check script does, as far as its text tells. */
import { alwaysZero, everyCommand, longestSleep, type Sleep } from '../lib/shell-outcome.ts'
import { parseShell } from '../lib/shell-script.ts'
import type { Case, Host } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import type { KeepalivedConf, VrrpScript } from '../model/facts.ts'
import { baseOf, type ScriptText, scriptFile, scriptText } from './script-text.ts'
import { trackedScripts } from './tracked-scripts.ts'

export interface Deeds {
  readonly text: ScriptText
  /** The line that shows that its status is always 0. */
  readonly alwaysZero?: Cite
  /** Commands in it that stop keepalived. */
  readonly stops: readonly { readonly at: Cite; readonly words: readonly string[] }[]
  readonly sleep: Sleep
}

export interface CheckScript {
  readonly script: VrrpScript
  readonly instances: readonly string[]
  /** undefined: a command in the place of a file. */
  readonly file?: string
  /** undefined: not listed. */
  readonly text?: ScriptText
  /** undefined: not listed, or not understood. */
  readonly deeds?: Deeds
}

/** Every script that some instance tracks, with what is known of it. */
export function checkScripts(host: Host, conf: KeepalivedConf, kase: Case): readonly CheckScript[] {
  return trackedScripts(conf).map(({ script, instances }) => {
    const file = script.script === undefined ? undefined : scriptFile(script.script.value)
    const text = file === undefined ? undefined : scriptText(host, file, kase)
    const deeds = text && deedsOf(text)
    return { script, instances, ...(file && { file }), ...(text && { text }), ...(deeds && { deeds }) }
  })
}

function deedsOf(text: ScriptText): Deeds | undefined {
  const nodes = parseShell(text.lines)
  if (nodes === undefined) return undefined
  // Whether stopping keepalived succeeds does not matter: nobody is left to look at the status.
  const zero = alwaysZero(nodes, text.lines[0] ?? '', stopsKeepalived)
  const stops = everyCommand(nodes).flatMap(({ words, line }) =>
    stopsKeepalived(words) ? [{ at: text.at(line), words }] : [],
  )
  return { text, stops, sleep: longestSleep(nodes), ...(zero === undefined ? {} : { alwaysZero: text.at(zero) }) }
}

/** Signals that end it; HUP reloads, 0 only looks, USR1 and USR2 dump. */
const ENDING = /^-(?:s|9|15|2|3|(?:SIG)?(?:KILL|TERM|INT|QUIT))$/

/** `service keepalived stop`, `systemctl stop keepalived`, `killall keepalived`, `kill $(cat /run/keepalived.pid)`. */
export function stopsKeepalived(words: readonly string[]): boolean {
  const [command = '', ...args] = words[0] === 'sudo' ? words.slice(1) : words
  const name = baseOf(command)
  const named = args.some((arg) => /^keepalived(?:\.service)?$/.test(arg))
  if (name === 'service' || name === 'rc-service') return named && args.includes('stop')
  if (name === 'systemctl') return named && args.some((arg) => arg === 'stop' || arg === 'kill')
  if (/(?:^|\/)init\.d\/keepalived$/.test(command)) return args[0] === 'stop'
  const signals = args.filter((arg) => /^-(?:\d|[A-Z]|s$)/.test(arg))
  if (!signals.every((signal) => ENDING.test(signal))) return false
  if (name === 'killall' || name === 'pkill') return args.some((arg) => /\bkeepalived\b/.test(arg))
  return name === 'kill' && args.some((arg) => /\bkeepalived\b/.test(arg))
}

/** Seconds after which keepalived gives a script up: `timeout`, else its interval (keepalived.conf(5)), 1 if not set. */
export function timeLimit({ timeout, interval }: VrrpScript): number {
  return timeout?.value ?? interval?.value ?? 1
}
