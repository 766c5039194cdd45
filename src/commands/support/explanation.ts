/** Text of `lvsdoctor explain`. */
import type { Check } from '../../model/check.ts'

/** Breaks a paragraph at blanks, indented. */
function wrapped(text: string, indent: string, width = 80): string {
  const lines = ['']
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1) ?? ''
    if (last !== '' && indent.length + last.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return lines.map((line) => indent + line).join('\n')
}

/** One check: healthy condition, what breaks, what it looks at, what it explains. */
export function explanation(check: Check): string {
  const about = check.on === 'any' ? 'every host' : `every ${check.on}`
  const modes = check.modes === undefined ? '' : ` of ${check.modes.join(', ')} services`
  const needs = Object.entries(check.needs).map(([fact, how]) => (how === 'whole' ? `${fact} (complete)` : fact))
  const parts = [
    `${check.id}   ${check.category}, ${check.severity}`,
    `  healthy   ${check.title}`,
    `${wrapped(check.why, '  ')}`,
    `  asks      ${about}${modes}${check.scope === 'case' ? `, at least ${check.atLeast} together` : ''}`,
    `  needs     ${needs.join(', ') || 'nothing in particular'}`,
    `  says      ${Object.keys(check.messages).join(', ')}`,
    ...(check.explains.length > 0 ? [wrapped(`can be why: ${check.explains.join(', ')}`, '  ')] : []),
    ...check.links.map((link) => `  see       ${link}`),
  ]
  return `${parts.join('\n')}\n`
}

/** All checks, one per line, by category. */
export function listing(checks: readonly { id: string; title: string; category: string; severity: string }[]): string {
  const widest = checks.reduce((most, { id }) => Math.max(most, id.length), 0)
  const row = (check: (typeof checks)[number]) =>
    `${check.category.padEnd(11)}${check.severity.padEnd(9)}${check.id.padEnd(widest + 2)}${check.title}\n`
  return [...checks]
    .sort((a, b) => (a.category + a.id < b.category + b.id ? -1 : 1))
    .map(row)
    .join('')
}
