/** The time at the head of a tcpdump line: `-tt`, `-tttt`, nanoseconds and packet numbers included. */

export interface Stamp {
  /** Since midnight, or since 1970 where a date or an epoch is printed. */
  readonly seconds: number
  /** Where the rest of the line begins. */
  readonly end: number
}

const STAMP =
  /^\s*(?:\d+ {2})?(?:(\d{4})-(\d\d)-(\d\d) )?(?:([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)|(\d{9,11}))\.(\d{3,9})(?: |$)/

/** Reads the stamp of a line; undefined where it has none. Dates are taken as UTC: only differences count. */
export function readStamp(line: string): Stamp | undefined {
  const found = STAMP.exec(line)
  if (found === null) return undefined
  const [all, year, month, day, hour, minute, second, epoch, fraction = ''] = found
  const whole = epoch === undefined ? clock(hour, minute, second) + midnight(year, month, day) : Number(epoch)
  return { seconds: withFraction(whole, fraction), end: all.length }
}

/**
 * `-ttt` and `-ttttt` print a distance with a space before it, and both begin at zero: such times are no
 * clock. `-ttt` restarts at each packet, so they cannot even be compared.
 */
export function looksRelative(firstLine: string): boolean {
  return /^ 00:00:0\d\./.test(firstLine) || /^-\d\d:\d\d:\d\d\./.test(firstLine)
}

function clock(hour = '0', minute = '0', second = '0'): number {
  return Number(hour) * 3600 + Number(minute) * 60 + Number(second)
}

function midnight(year?: string, month?: string, day?: string): number {
  return year === undefined ? 0 : Date.UTC(Number(year), Number(month) - 1, Number(day)) / 1000
}

/** One division of whole numbers, so that the printed digits survive as the nearest double. */
function withFraction(whole: number, fraction: string): number {
  const scale = 10 ** fraction.length
  const units = whole * scale + Number(fraction)
  return Number.isSafeInteger(units) ? units / scale : whole + Number(fraction) / scale
}
