/** Where pid and command stand in the columns of ps. */

export interface Columns {
  /** Words before the command; it takes the rest of the line. */
  readonly before: number
  readonly pid: number
  readonly ppid?: number
}

const COMMAND_TITLES = new Set(['COMMAND', 'CMD', 'ARGS'])

/** `undefined`: not a line of titles, or one whose last column is not the command. */
export function columnsOfTitles(words: readonly string[]): Columns | undefined {
  const pid = words.indexOf('PID')
  const last = words.length - 1
  if (pid < 0 || pid === last || !COMMAND_TITLES.has(words[last] as string)) return undefined
  const ppid = words.indexOf('PPID')
  return { before: last, pid, ...(ppid < 0 ? {} : { ppid }) }
}

/** Lines of the usual styles without their titles, as `ps … | grep` leaves them. */
const STYLES: readonly (readonly [RegExp, Columns])[] = [
  // USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND
  [/^\S+ +\d+ +\d+\.\d+ +\d+\.\d+ +\d+ +\d+ +\S+ +[A-Z]\S* +\S+ +\d+:\d\d /, { before: 10, pid: 1 }],
  // UID PID PPID C STIME TTY TIME CMD
  [/^\S+ +\d+ +\d+ +\d+ +\S+ +\S+ +(?:\d+-)?\d\d:\d\d:\d\d /, { before: 7, pid: 1, ppid: 2 }],
  // PID TTY STAT TIME COMMAND
  [/^\d+ +\S+ +[A-Z]\S* +\d+:\d\d /, { before: 4, pid: 0 }],
  // PID TTY TIME CMD
  [/^\d+ +\S+ +(?:\d+-)?\d\d:\d\d:\d\d /, { before: 3, pid: 0 }],
]

/** `ps -o pid,args` and `pgrep -a` print pid and command alone. */
export function columnsOfLine(text: string, command: string): Columns | undefined {
  const style = STYLES.find(([pattern]) => pattern.test(text))?.[1]
  if (style !== undefined) return style
  const list = /\bpgrep\b/.test(command) && / -\w*[al]\b/.test(command)
  const short = list || /-\w*o ?pid=?,(?:args|cmd|command)/.test(command)
  return short && /^\d+ +\S/.test(text) ? { before: 1, pid: 0 } : undefined
}
