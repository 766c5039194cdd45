/** Bytes -> lines that hold nothing but what a reader of the terminal would have seen. */
import { applyBackspaces, hasControls, isBlank, sanitise, stripEscapes } from '../lib/text.ts'
import { decode } from './charset.ts'

export interface Cleaned {
  readonly kind: 'empty' | 'binary' | 'text'
  /** Line n of the input is `lines[n - 1]`: no step below adds or removes a line. */
  readonly lines: readonly string[]
  /** One word each: what had to be repaired. */
  readonly repairs: readonly string[]
}

/** Longer lines are cut for reading: no tool we read prints such, and every later step may stay simple. */
const LONGEST_LINE = 65_536

/** Decodes and cleans one input. Never throws. */
export function clean(bytes: Uint8Array): Cleaned {
  if (bytes.length === 0) return { kind: 'empty', lines: [], repairs: [] }
  const decoded = decode(bytes)
  if (decoded === undefined) return { kind: 'binary', lines: [], repairs: [] }
  const repairs = new Set<string>(decoded.repair === undefined ? [] : [decoded.repair])
  const raw = splitLines(decoded.text, repairs)
  const lines = decoded.plain && !raw.some(isLong) ? raw : raw.map((line) => cleanLine(line, repairs))
  const empty = lines.every(isBlank)
  return { kind: empty ? 'empty' : 'text', lines, repairs: [...repairs] }
}

function splitLines(text: string, repairs: Set<string>): string[] {
  // Classic Mac line ends: without this a whole paste would be one line that overwrote itself.
  const onlyCr = !text.includes('\n') && text.includes('\r')
  if (onlyCr) repairs.add('cr-lines')
  const lines = text.split(onlyCr ? '\r' : '\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}

function isLong(line: string): boolean {
  return line.length > LONGEST_LINE
}

function cleanLine(raw: string, repairs: Set<string>): string {
  let line = raw
  if (isLong(line)) {
    repairs.add('long-lines')
    line = line.slice(0, LONGEST_LINE)
  }
  if (/[\u00a0\u3000]/.test(line)) {
    // Web pages indent with no-break blanks; they look like blanks and are meant as such.
    repairs.add('blanks')
    line = line.replace(/[\u00a0\u3000]/g, ' ')
  }
  return hasControls(line) ? cleanControls(line, repairs) : line
}

function cleanControls(raw: string, repairs: Set<string>): string {
  let line = raw
  if (line.endsWith('\r')) {
    line = line.replace(/\r{1,8}$/, '')
    repairs.add('crlf')
    if (!hasControls(line)) return line
  }
  if (/[\x1b\x9b]/.test(line)) repairs.add('escapes')
  line = stripEscapes(line)
  if (line.includes('\r')) {
    repairs.add('overwritten')
    line = line.slice(line.lastIndexOf('\r', line.length - 2) + 1)
  }
  if (line.includes('\b')) repairs.add('backspaces')
  line = applyBackspaces(line)
  if (hasControls(line)) repairs.add('controls')
  return sanitise(line)
}
