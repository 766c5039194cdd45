/** Text of hosts is hostile: what reaches a terminal holds no byte that could steer it. */

/** CSI and OSC sequences whole (their parameters are not text), then any lone escape with the character it takes. */
const SEQUENCE = /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[@-_]?/g

/** C0 (but tab and newline), DEL, C1, bidirectional overrides, line separators, byte order mark. */
const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

const LONE_SURROGATE = /[\ud800-\udfff]/gu

const NEEDS_WORK = /[^\t\n\u0020-\u007e]/

/** One string without escape sequences and control characters; tabs and newlines stay. */
export function plain(text: string): string {
  if (!NEEDS_WORK.test(text)) return text
  return text.replace(SEQUENCE, '').replace(STEERING, '').replace(LONE_SURROGATE, '\ufffd')
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

/** Tabs as a terminal shows them: to the next multiple of eight columns. */
export function expandTabs(text: string): string {
  if (!text.includes('\t')) return text
  let out = ''
  for (const part of text.split('\t')) out += part + ' '.repeat(8 - (part.length % 8))
  return out.trimEnd()
}
