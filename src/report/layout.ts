/** How much room there is, and with what the lines are built. */
import type { Report } from '../model/report.ts'
import type { Measure } from './measure.ts'
import { loadMeasure } from './measure.ts'
import type { Tabulate } from './table.ts'
import { loadTabulate } from './table.ts'

export interface Layout {
  /** Columns. Lines keep to it, but commands: those are for copying and stay whole. */
  readonly width: number
  /** Box drawing instead of `+-|`. */
  readonly unicode: boolean
  readonly measure: Measure
  /** Only where a table will be printed. */
  readonly tabulate?: Tabulate
}

/** A terminal says 0 columns (or a silly number) when it does not know. */
export function usableWidth(columns: number | undefined): number {
  return columns === undefined || !(columns >= 40) ? 80 : Math.floor(columns)
}

const WIDEST_PROSE = 100

/** Columns for sentences and for what stands at the right edge: eyes lose the line in wider ones. */
export function proseWidth(layout: Layout): number {
  return Math.min(layout.width, WIDEST_PROSE)
}

/** The layout for one report; loads only what this report and these options need. */
export async function loadLayout(
  report: Report,
  options: { readonly width: number; readonly unicode: boolean; readonly all: boolean },
): Promise<Layout> {
  const measure = await loadMeasure(JSON.stringify(report))
  return {
    width: usableWidth(options.width),
    unicode: options.unicode,
    measure,
    ...(options.all ? { tabulate: await loadTabulate(measure) } : {}),
  }
}
