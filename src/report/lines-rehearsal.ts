/** The failover rehearsal: one row a failure, who is MASTER before, during and after. */
import type { Rehearsal } from './blocks.ts'
import type { Layout } from './layout.ts'
import type { Line } from './spans.ts'
import { line, span } from './spans.ts'
import type { NameOf } from './words.ts'

const WHY = {
  'weight-too-small': 'no failover: the weight does not bridge the gap',
  'peer-nopreempt': 'no failover: the other node has nopreempt',
} as const

export function rehearsalLines({ instance, vips, rows }: Rehearsal, nameOf: NameOf, { measure }: Layout): Line[] {
  const master = (who: string): string => (who === 'nobody' || who === 'unknown' ? who : nameOf(who))
  const cells = rows.map((row) => [row.failure, master(row.before), master(row.during), master(row.after)])
  const heads = ['when', 'before', 'during', 'after']
  const widths = heads.map((head, column) =>
    Math.max(...[head, ...cells.map((cell) => cell[column] ?? '')].map(measure)),
  )
  const pad = (text: string, column: number): string =>
    text + ' '.repeat(Math.max(0, (widths[column] ?? 0) - measure(text)))
  const title = vips.length === 0 ? instance : `${instance} (VIP ${vips.join(', ')})`
  return [
    line(span('FAILOVER', 'heading'), `  ${title}: who is MASTER, by the two configurations`),
    line('  ', span(heads.map(pad).join('  '), 'subdued')),
    ...rows.map((row, index) => {
      const text = (cells[index] ?? []).map(pad).join('  ')
      return row.because === null
        ? line('  ', text.trimEnd())
        : line('  ', text, '  ', span(WHY[row.because], 'warning'))
    }),
  ]
}
