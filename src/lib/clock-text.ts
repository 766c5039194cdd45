/** The instant a printed date means, where its text says so beyond doubt. */

/** Epoch milliseconds; `no-zone`: a date, but its zone is missing, unknown or means several. */
export type Clock = number | 'no-zone' | undefined

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Hours east of UTC. CST (China, Chicago), IST (India, Israel) and the like are left out on purpose. */
const ZONES: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  Z: 0,
  WET: 0,
  WEST: 1,
  BST: 1,
  CET: 1,
  CEST: 2,
  EET: 2,
  EEST: 3,
  MSK: 3,
  HKT: 8,
  SGT: 8,
  JST: 9,
  KST: 9,
  AEST: 10,
  AEDT: 11,
  NZST: 12,
  NZDT: 13,
  EST: -5,
  EDT: -4,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
}

interface Parts {
  year?: number
  month?: number
  day?: number
  seconds?: number
  zone?: number | 'unknown'
  afternoon?: boolean
  chinese?: boolean
}

/**
 * Reads `Fri Nov 20 13:37:41 UTC 2026`, `Fri 20 Nov 2026 01:37:41 PM UTC`, `2026年 11月 20日 星期五 13:39:12 CST`, RFC 5322,
 * ISO 8601 and epoch seconds. undefined: not a date.
 */
export function parseClock(text: string): Clock {
  const line = text.trim()
  if (line.length > 80) return undefined
  if (/^\d{9,10}(?:\.\d{1,9})?$/.test(line)) return Math.floor(Number(line) * 1000)
  const parts: Parts = {}
  for (const word of splitWords(line)) if (!take(parts, word)) return undefined
  return instant(parts)
}

/** ISO 8601 and the Chinese form have no blanks between their parts. */
function splitWords(line: string): readonly string[] {
  return line
    .replace(/^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:[.,]\d{1,9})?\s?/, '$1 $2 ')
    .replace(/([年月日])/g, '$1 ')
    .split(/[\s,]+/)
    .filter((word) => word !== '')
}

function take(parts: Parts, word: string): boolean {
  const month = MONTHS.indexOf(word.toLowerCase())
  const numbered = /^(\d{1,4})([年月日])$/.exec(word)
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(word)
  if (iso) Object.assign(parts, { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) })
  else if (numbered) takeChinese(parts, Number(numbered[1]), numbered[2] ?? '')
  else if (month >= 0) parts.month = month + 1
  else if (/^\d{4}$/.test(word)) parts.year = Number(word)
  else if (/^\d{1,2}$/.test(word) && parts.day === undefined) parts.day = Number(word)
  else if (word.includes(':') && parts.seconds === undefined) return takeTime(parts, word)
  else if (/^(?:AM|PM|上午|下午)$/i.test(word)) parts.afternoon = /^(?:PM|下午)$/i.test(word)
  else if (!/^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}$|^(?:星期|周)[一二三四五六日天]$/i.test(word))
    return takeZone(parts, word)
  return true
}

function takeChinese(parts: Parts, value: number, unit: string): void {
  parts.chinese = true
  if (unit === '年') parts.year = value
  else if (unit === '月') parts.month = value
  else parts.day = value
}

function takeTime(parts: Parts, word: string): boolean {
  const found = /^(\d{1,2}):(\d{2}):(\d{2})$/.exec(word)
  if (!found) return false
  const [hours, minutes, seconds] = [Number(found[1]), Number(found[2]), Number(found[3])]
  parts.seconds = hours * 3600 + minutes * 60 + seconds
  return hours < 24 && minutes < 60 && seconds <= 60
}

function takeZone(parts: Parts, word: string): boolean {
  const offset = /^([+-])(\d{2}):?(\d{2})?$/.exec(word)
  if (parts.zone !== undefined || !(offset || /^[A-Z]{1,5}$/.test(word))) return false
  if (offset) parts.zone = (offset[1] === '-' ? -1 : 1) * (Number(offset[2]) + Number(offset[3] ?? 0) / 60)
  // A host that writes its dates in Chinese means China's CST.
  else parts.zone = parts.chinese && word === 'CST' ? 8 : (ZONES[word] ?? 'unknown')
  return true
}

function instant({ year, month, day, seconds, zone, afternoon }: Parts): Clock {
  if (year === undefined || month === undefined || day === undefined || seconds === undefined) return undefined
  if (month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined
  const hour = Math.floor(seconds / 3600)
  if (afternoon !== undefined && (hour < 1 || hour > 12)) return undefined
  const half = afternoon === undefined ? 0 : (afternoon ? 12 : 0) - (hour === 12 ? 12 : 0)
  if (zone === undefined || zone === 'unknown') return 'no-zone'
  return Date.UTC(year, month - 1, day) + (seconds + (half - zone) * 3600) * 1000
}
