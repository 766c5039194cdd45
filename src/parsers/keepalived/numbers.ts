/** Numbers as the read_…() functions of parser.c (keepalived 2.2) take them. */

export type NumberFault = 'invalid-value' | 'out-of-range' | undefined

/** read_unsigned(): blanks before it, a plus sign; nothing at all is 0; never a minus sign. */
export function unsignedFault(text: string, min: number, max: number): NumberFault {
  if (isPlain(text)) return inRange(Number(text), min, max)
  const digits = text.replace(/^[ \t\f\n\r\v]+/, '')
  if (digits.startsWith('-')) return 'out-of-range'
  if (digits !== '' && !/^\+?[0-9]+$/.test(digits)) return 'invalid-value'
  return inRange(Number(digits), min, max)
}

/** read_int(). */
export function signedFault(text: string, min: number, max: number): NumberFault {
  if (text !== '' && !/^[ \t\f\n\r\v]*[+-]?[0-9]+$/.test(text)) return 'invalid-value'
  return inRange(Number(text), min, max)
}

/** read_decimal_unsigned(): at most `places` digits behind the point. */
export function decimalFault(text: string, min: number, max: number, places: number): NumberFault {
  if (isPlain(text)) return inRange(Number(text), min, max)
  if (text.startsWith('-')) return 'out-of-range'
  const point = text.indexOf('.')
  const digits = point < 0 ? text : text.slice(0, point) + text.slice(point + 1)
  if (!/^[ \t\f\n\r\v]*\+?[0-9]*$/.test(digits)) return 'invalid-value'
  if (point >= 0 && text.length - point - 1 > places) return 'invalid-value'
  const value = Number(text === '.' ? '0' : text)
  // 2.2 reads `.5` and `5.` too.
  return inRange(Number.isNaN(value) ? 0 : value, min, max)
}

/** A few digits, as nearly all numbers are. */
function isPlain(text: string): boolean {
  if (text.length === 0 || text.length > 9) return false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 48 || code > 57) return false
  }
  return true
}

function inRange(value: number, min: number, max: number): NumberFault {
  return value >= min && value <= max ? undefined : 'out-of-range'
}
