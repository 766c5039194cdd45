/** `~SEQ(var, start, step, end)` and `~LST(var, value, …)` (keepalived 2.1.2 and later): a line read many times. */
import type { Definitions } from './definitions.ts'
import { LineBuffer } from './line-buffer.ts'

export interface Sequence {
  /** The rest of the line. */
  readonly text: LineBuffer
  /** Sets the variables of the next round; false when that was the last. */
  next(into: Definitions): boolean
}

const HEAD = /^~SEQ(x?)[ \t]*\([ \t]*([^ \t,)]+)[ \t]*,[ \t]*/
const MOST_DIGITS = 15

/** undefined: keepalived calls it invalid. */
export function readSequence(line: LineBuffer, definitions: Definitions): Sequence | undefined {
  return line.text.startsWith('~LST') ? readList(line) : readRange(line, definitions)
}

function readRange(line: LineBuffer, definitions: Definitions): Sequence | undefined {
  const head = HEAD.exec(line.text)
  if (head === null) return undefined
  const [whole, hex, name = ''] = head
  const close = line.text.indexOf(')', whole.length)
  if (close < 0) return undefined
  const inner = LineBuffer.at(line.text.slice(whole.length, close + 1), 1)
  definitions.replace(inner, () => {})
  const numbers = inner.text.slice(0, -1).split(',').map(integerOf)
  const range = rangeOf(numbers)
  if (range === undefined || (hex === 'x' && (range.start < 0 || range.end < 0))) return undefined
  const { step, end } = range
  let value = range.start
  return {
    text: rest(line, close + 1),
    next: (into) => {
      into.set(name, value.toString(hex === 'x' ? 16 : 10))
      value += step
      return step > 0 ? value <= end : value >= end
    },
  }
}

function rangeOf(numbers: readonly (number | undefined)[]): { start: number; step: number; end: number } | undefined {
  const [one, two, three] = numbers
  if (numbers.length > 3 || numbers.includes(undefined) || one === undefined) return undefined
  if (two === undefined) return { start: one < 0 ? -1 : 1, step: one < 1 ? -1 : 1, end: one }
  if (three === undefined) return { start: one, step: one <= two ? 1 : -1, end: two }
  const backwards = (one < three && two < 0) || (one > three && two > 0)
  return two === 0 || backwards ? undefined : { start: one, step: two, end: three }
}

/** As strtol() with base 0: decimal, `0x…`, or octal after a leading 0; nothing at all is 0. */
function integerOf(text: string): number | undefined {
  const [, sign, digits = ''] = /^[ \t]*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*|)[ \t]*$/.exec(text) ?? []
  if (sign === undefined || digits.length > MOST_DIGITS) return undefined
  const value = /^0[0-7]/.test(digits) ? Number.parseInt(digits, 8) : Number(digits)
  return sign === '-' ? -value : value
}

function rest(line: LineBuffer, from: number): LineBuffer {
  let start = from
  while (line.text[start] === ' ' || line.text[start] === '\t') start += 1
  return line.slice(start)
}

const LIST_HEAD = /^~LST[ \t]*\([ \t]*(?:\{([^{}()]*)\}|([^ \t,{}()]+))[ \t]*,[ \t]*/
const ROW = /(?:\{([^{}()]*)\}[ \t]*|([^,{}()]*))([,)])[ \t]*/y

function readList(line: LineBuffer): Sequence | undefined {
  const head = LIST_HEAD.exec(line.text)
  if (head === null) return undefined
  const names = words(head[1] ?? head[2] ?? '')
  const rows: string[][] = []
  ROW.lastIndex = head[0].length
  for (;;) {
    const row = ROW.exec(line.text)
    if (row === null) return undefined
    const values = words(row[1] ?? row[2] ?? '')
    if (values.length > names.length || values.some((value) => /[ \t]/.test(value))) return undefined
    rows.push(values)
    if (row[3] === ')') return listOf(line, ROW.lastIndex, names, rows)
  }
}

function listOf(line: LineBuffer, end: number, names: readonly string[], rows: readonly string[][]): Sequence {
  let index = 0
  return {
    text: rest(line, end),
    next: (into) => {
      for (const [at, name] of names.entries()) into.set(name, rows[index]?.[at] ?? '')
      index += 1
      return index < rows.length
    },
  }
}

function words(text: string): string[] {
  return text.split(',').map((word) => word.trim())
}
