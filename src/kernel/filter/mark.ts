/** Firewall marks: `0x1/0xff`, `1`. */

export interface Mark {
  readonly value: number
  readonly mask: number
}

const ALL = 0xffffffff

function number32(text: string): number | undefined {
  if (!/^(?:0x[0-9a-f]{1,8}|\d{1,10})$/i.test(text)) return undefined
  const value = Number(text)
  return value > ALL ? undefined : value
}

/** undefined: not a mark. A leading zero is octal to iptables; such text is refused unless it is plain 0. */
export function parseMark(text: string | undefined): Mark | undefined {
  if (text === undefined || /^0\d/.test(text)) return undefined
  const slash = text.indexOf('/')
  const value = number32(slash < 0 ? text : text.slice(0, slash))
  const mask = slash < 0 ? ALL : number32(text.slice(slash + 1))
  return value === undefined || mask === undefined ? undefined : { value, mask }
}

/** What `-j MARK` with these options makes of a mark; undefined: cannot tell. */
export function markAfter(before: number | undefined, options: Readonly<Record<string, string>>): number | undefined {
  const xmark = parseMark(options['set-xmark'])
  const set = parseMark(options['set-mark'])
  const and = parseMark(options['and-mark'])
  const or = parseMark(options['or-mark'])
  const xor = parseMark(options['xor-mark'])
  if (xmark !== undefined) return change(before, xmark.mask, xmark.value)
  if (set !== undefined) return change(before, (set.mask | set.value) >>> 0, set.value)
  if (and !== undefined) return change(before, ~and.value >>> 0, 0)
  if (or !== undefined) return change(before, or.value, or.value)
  return xor === undefined ? undefined : change(before, 0, xor.value)
}

/** xt_mark: clear the bits of `cleared`, flip those of `flipped`. */
function change(before: number | undefined, cleared: number, flipped: number): number | undefined {
  if (cleared === ALL) return flipped
  return before === undefined ? undefined : ((before & ~cleared) ^ flipped) >>> 0
}
