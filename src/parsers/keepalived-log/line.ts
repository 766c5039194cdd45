/** Takes the time, host and process off a log line. */

export interface LogLine {
  readonly time?: string
  readonly host?: string
  readonly process?: string
  readonly pid?: number
  readonly text: string
}

const DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)'
const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'
const CLOCK = String.raw`\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?`

/** rsyslog and `journalctl` short, short-iso, short-full; a syslog priority may stand in front. */
const STAMP = new RegExp(
  String.raw`^(?:<\d{1,3}>)?((?:${MONTH} [ \d]\d (?:\d{4} )?${CLOCK})|` +
    String.raw`(?:\d{4}-\d{2}-\d{2}T${CLOCK}(?:Z|[+-]\d{2}:?\d{2})?)|` +
    String.raw`(?:${DAY} \d{4}-\d{2}-\d{2} ${CLOCK} [A-Z0-9+:-]{1,8})) (\S+) (.*)$`,
)
const PROCESS = /^([A-Za-z][\w.@/()-]*)(?:\[(\d{1,10})\])?: ?(.*)$/
const KEEPALIVED = /^keepalived(?:$|[_(])/i
/** What grep puts in front: the file's name, the line's number. */
const GREPPED = /^(?:\/[^\s:]{1,200}[:-])?(?:\d{1,9}[:-](?=[A-Z<]|\d{4}-))?/
/** `keepalived -n -l` and its log file: a ctime stamp and the message. */
const CONSOLE = new RegExp(String.raw`^(${DAY} ${MONTH} [ \d]\d ${CLOCK} \d{4}): (.*)$`)
/** `keepalived -t`: the bare message of a configuration error. */
const CONFIG_TEST =
  /^\((?:\S[^()]*: )?Line \d+\) |^Unknown keyword '|^\(\S+\): .*(?:interface|VIP)|^There are \d+ missing '/
const REPEATED = /^message repeated (\d+) times: \[ ?(.*)\]$/

/**
 * One line of a log: the parts of a keepalived line, `other` for another program's, undefined for no log line.
 * The processes are called Keepalived, Keepalived_vrrp, Keepalived_healthcheckers, Keepalived_bfd.
 */
export function readLine(text: string): LogLine | 'other' | undefined {
  const line = /^[/\d]/.test(text) ? text.replace(GREPPED, '') : text
  const stamped = STAMP.exec(line)
  if (stamped !== null) return readStamped(stamped[1] ?? '', stamped[2] ?? '', stamped[3] ?? '')
  const console = CONSOLE.exec(line)
  if (console !== null) return { time: console[1] ?? '', text: (console[2] ?? '').trimEnd() }
  return CONFIG_TEST.test(line) ? { text: line.trimEnd() } : undefined
}

function readStamped(time: string, host: string, rest: string): LogLine | 'other' {
  const parts = PROCESS.exec(rest)
  const process = parts?.[1]
  if (parts === null || process === undefined || !KEEPALIVED.test(process)) return 'other'
  const text = (parts[3] ?? '').trimEnd()
  const pid = parts[2]
  return {
    time,
    host,
    process,
    ...(pid === undefined ? {} : { pid: Number(pid) }),
    // rsyslog folds equal lines; one telling is enough.
    text: REPEATED.exec(text)?.[2]?.trimEnd() ?? text,
  }
}

/** What the journal and `systemctl status` print around the log. */
const FURNITURE = [
  /^\s*$/,
  /^-- /,
  /^==> .* <==$/,
  /^Hint: Some lines were ellipsized/,
  /^[●○×*↻] \S/,
  /^\s*(?:Loaded|Active|Drop-In|Docs|Process|Main PID|Status|Tasks|Memory|CPU|CGroup|Warning|IP|IO|FD Store|Since|Invocation|TriggeredBy|Condition):? /,
  /^\s*[├└│|`]/,
  /^\s*\/\S+\.conf$/,
  /^Warning: /,
]

/** Is the line decoration, neither a message nor something we fail to understand? */
export function isFurniture(line: string): boolean {
  return FURNITURE.some((pattern) => pattern.test(line))
}
