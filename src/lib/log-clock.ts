/** Times of log lines on one scale: their differences count, not the values. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
/** Lines of syslog have no year. A leap year has all the days a line can name. */
const NO_YEAR = 2000
const CLOCK = /(\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?/
const ISO = /(\d{4})-(\d{2})-(\d{2})/
const NAMED = /([A-Z][a-z]{2}) {1,2}(\d{1,2})\b/
const YEAR = /\b(\d{4})$|\b(\d{4}) \d{2}:/

export interface LogTime {
  readonly seconds: number
  /** Times with and without a year cannot be compared. */
  readonly dated: boolean
}

/** Of `Nov 20 13:29:05`, `Fri Nov 20 15:09:25 2026`, `2026-11-20T13:29:05.123+01:00`; undefined: no time. Zones are left out. */
export function logTime(text: string | undefined): LogTime | undefined {
  if (text === undefined || text.length > 80) return undefined
  const clock = CLOCK.exec(text)
  const iso = ISO.exec(text)
  const named = iso ? null : NAMED.exec(text)
  const month = iso ? Number(iso[2]) - 1 : MONTHS.indexOf(named?.[1] ?? '')
  const day = Number(iso?.[3] ?? named?.[2])
  if (clock === null || month < 0 || !(day >= 1 && day <= 31)) return undefined
  const [, year1, year2] = YEAR.exec(text) ?? []
  const year = iso?.[1] ?? (iso ? undefined : (year1 ?? year2))
  const [, hours, minutes, seconds, fraction = '0'] = clock
  const whole = Date.UTC(Number(year ?? NO_YEAR), month, day, Number(hours), Number(minutes), Number(seconds)) / 1000
  return { seconds: whole + Number(`0.${fraction}`), dated: year !== undefined }
}

/** Seconds from one line to a later one; undefined where that cannot be told, or the year has turned. */
export function secondsBetween(from: string | undefined, to: string | undefined): number | undefined {
  const [a, b] = [logTime(from), logTime(to)]
  if (a === undefined || b === undefined || a.dated !== b.dated || b.seconds < a.seconds) return undefined
  return b.seconds - a.seconds
}
