/** Text of hosts is hostile: what reaches a terminal holds no character that could steer it. */
import { sanitise } from '../lib/text.ts'

const LONE_SURROGATE = /[\ud800-\udfff]/gu
/** Nearly every string of a report is of these characters alone, and needs no second look. */
const HARMLESS = /^[\t\n\x20-\x7e]*$/

/** One string without escape sequences and control characters; tabs and newlines stay. */
export function plain(text: string): string {
  if (HARMLESS.test(text)) return text
  return text.split('\n').map(sanitise).join('\n').replace(LONE_SURROGATE, '\ufffd')
}

/** Plain data with every string in it made `plain`; what needs no change is not copied. */
export function plainDeep<T>(value: T): T {
  return scrub(value) as T
}

function scrub(value: unknown): unknown {
  if (typeof value === 'string') return plain(value)
  if (typeof value !== 'object' || value === null) return value
  return Array.isArray(value) ? scrubArray(value) : scrubObject(value as Record<string, unknown>)
}

function scrubArray(items: readonly unknown[]): readonly unknown[] {
  let copy: unknown[] | undefined
  for (let i = 0; i < items.length; i += 1) {
    const clean = scrub(items[i])
    if (clean === items[i]) continue
    copy ??= [...items]
    copy[i] = clean
  }
  return copy ?? items
}

function scrubObject(value: Record<string, unknown>): Record<string, unknown> {
  let copy: Record<string, unknown> | undefined
  for (const key in value) {
    const clean = scrub(value[key])
    if (clean === value[key]) continue
    copy ??= { ...value }
    copy[key] = clean
  }
  return copy ?? value
}
