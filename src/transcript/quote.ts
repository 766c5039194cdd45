/** Removes the `> ` that mail and issue trackers put before quoted lines, but not the `> ` of a diff. */
import { isBlank } from '../lib/text.ts'
import { strongPrompt } from './prompt.ts'
import { shapeStarting } from './shapes.ts'

const DIFF_MARK = /^(?:\d+(?:,\d+)?[acd]\d+(?:,\d+)?|---|[<>] .*)$/

/** Lines without quoting; the same number of lines. `undefined`: there was none. */
export function unquote(lines: readonly string[]): readonly string[] | undefined {
  if (!lines.some(isQuoted)) return undefined
  let now: readonly string[] = lines
  let changed = false
  for (let depth = 0; depth < 4 && mostlyQuoted(now); depth += 1) {
    now = now.map(stripOne)
    changed = true
  }
  const byRun = unquoteRuns(now)
  return byRun ?? (changed ? now : undefined)
}

/** A `>` behind at most three blanks. */
function isQuoted(line: string): boolean {
  let i = 0
  while (i < 3 && line.charCodeAt(i) === 32) i += 1
  return line.charCodeAt(i) === 62
}

function stripOne(line: string): string {
  return line.replace(/^ {0,3}> ?/, '')
}

function mostlyQuoted(lines: readonly string[]): boolean {
  let quoted = 0
  let other = 0
  let diff = false
  for (const line of lines) {
    if (isQuoted(line)) quoted += 1
    else if (!isBlank(line)) {
      other += 1
      diff ||= /^\d+(?:,\d+)?[acd]\d/.test(line)
    }
  }
  return quoted > 1 && !diff && other * 19 <= quoted
}

/** A run of quoted lines that begins with a prompt, a fence, a collector mark or a known output. */
function unquoteRuns(lines: readonly string[]): readonly string[] | undefined {
  let out: string[] | undefined
  for (let i = 0; i < lines.length; i += 1) {
    if (!isQuoted(lines[i] ?? '')) continue
    let end = i
    while (end < lines.length && isQuoted(lines[end] ?? '')) end += 1
    const first = stripOne(lines.slice(i, Math.min(end, i + 20)).find((line) => !isBlank(stripOne(line))) ?? '')
    if (end - i >= 2 && !DIFF_MARK.test(lines[i - 1] ?? '') && begins(first)) {
      out ??= [...lines]
      for (let n = i; n < end; n += 1) out[n] = stripOne(lines[n] ?? '')
    }
    i = end
  }
  return out
}

function begins(line: string): boolean {
  return /^(?:`{3,}|~{3,})|^#@ /.test(line) || strongPrompt(line) !== undefined || shapeStarting(line) !== undefined
}
