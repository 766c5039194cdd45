/** Text of hosts is hostile: what reaches a terminal holds no character that could steer it. */
import { sanitise } from '../lib/text.ts'

const LONE_SURROGATE = /[\ud800-\udfff]/gu

/** One string without escape sequences and control characters; tabs and newlines stay. */
export function plain(text: string): string {
  return text.split('\n').map(sanitise).join('\n').replace(LONE_SURROGATE, '\ufffd')
}

/** A copy of plain data with every string in it made `plain`. */
export function plainDeep<T>(value: T): T {
  return scrub(value) as T
}

function scrub(value: unknown): unknown {
  if (typeof value === 'string') return plain(value)
  if (Array.isArray(value)) return value.map(scrub)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, scrub(inner)]))
}
