/** Prompt lines of interactive shells, whole and damaged. */
import { startsKnown } from './commands.ts'

export interface Prompt {
  /** Host as the prompt names it; undefined for `bash-4.2#`, `$`. */
  readonly host?: string
  /** What was typed, '' for an empty prompt. */
  readonly command: string
}

const REST = '(?:\\s+(.*)|\\s*)$'
const USER = '[A-Za-z_][\\w.+-]{0,63}'
const HOST = '[A-Za-z\\d][\\w.-]{0,252}'
// Python environments and clocks that people put in front.
const BEFORE = '^ {0,3}(?:\\([\\w.-]{1,40}\\) ?)?(?:\\[?[\\d:/ T-]{5,25}\\]? )?'

// `[root@ds1 ~]# cmd`; copying loses the first bracket so often that it may be missing.
const BRACKET = new RegExp(`${BEFORE}\\[?${USER}@(${HOST})(?:[ :][^\\]]{0,200})?\\] ?[#$%>](?:\\s*(.*))$`)
// `root@ds1:~# cmd`, `user@host:~$ cmd`
const COLON = new RegExp(`${BEFORE}${USER}@(${HOST}):(?:[^\\s#$]{0,200}) ?[#$]${REST}`)
// `user@host$ cmd`, `root@ds1 /etc $ cmd`, fish: `root@ds1 ~> cmd`. A blank before the sign needs a path: `admin@example.org # comment` is none.
const PLAIN = new RegExp(`${BEFORE}${USER}@(${HOST})(?:(?: [~/][^\\s#$]{0,200} ?)?[#$%]| [~/][^\\s#$>]{0,200}>)${REST}`)
// SUSE: `ds1:~ # cmd`; macOS: `ds1:~ user$ cmd`; without user: `ds1:~$ cmd`
const SUSE = new RegExp(`^(${HOST}):(?:(?:~|/(?!/))[^\\s#$]{0,200} (?:#|[\\w.-]{1,32}\\$)|~[^\\s#$]{0,200}[#$])${REST}`)
// A shell without PS1 of its own: `bash-4.2# cmd`
const NAMELESS = new RegExp(`^(?:ba|da|k|z)?sh-\\d{1,2}(?:\\.\\d{1,3}){0,3}[#$]${REST}`)
// `ds1# cmd`: only with a command we know.
const SHORT = /^([A-Za-z][\w.-]{0,62})(?:\([\w-]{1,20}\))?[#$]\s*(\S.*)$/
// busybox in containers puts the folder in front: `/ # cmd`, `~ # cmd`
const SIGN = /^ {0,3}(?:(?:~|\/[\w./-]{0,200}) )?[#$]\s+(\S.*)$/

/** A prompt that cannot be anything else. */
export function strongPrompt(line: string): Prompt | undefined {
  if (!/[#$%>]/.test(line) || line.length > 8192) return undefined
  const named = line.includes('@') ? (BRACKET.exec(line) ?? COLON.exec(line) ?? PLAIN.exec(line)) : SUSE.exec(line)
  if (named !== null) return { host: named[1] ?? '', command: (named[2] ?? '').trim() }
  const nameless = NAMELESS.exec(line)
  return nameless === null ? undefined : { command: (nameless[1] ?? '').trim() }
}

/** `ds1# cmd`, `$ cmd`, `# cmd`: a prompt only in front of a known command, for `#` begins comments too. */
export function weakPrompt(line: string): Prompt | undefined {
  const sign = SIGN.exec(line)
  if (sign !== null) return startsKnown(sign[1] ?? '') ? { command: (sign[1] ?? '').trim() } : undefined
  const short = SHORT.exec(line)
  return short !== null && startsKnown(short[2] ?? '')
    ? { host: short[1] ?? '', command: (short[2] ?? '').trim() }
    : undefined
}
