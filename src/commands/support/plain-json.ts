/** What JSON leaves bare although a terminal may obey it: DEL, C1 controls, bidirectional overrides. */
const BARE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

function plain(_key: string, value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries(value) : value instanceof Set ? [...value] : value
}

/** Indented JSON with maps as objects, safe to look at on a terminal. */
export function plainJson(value: unknown): string {
  return JSON.stringify(value, plain, 2).replace(BARE, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
