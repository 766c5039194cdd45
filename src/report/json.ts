import type { Report } from '../model/report.ts'

/** What JSON leaves bare and a terminal may obey: DEL, C1 (CSI as one character), bidirectional overrides. */
const BARE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** The report as one JSON document (schemaVersion 1.0), without a final newline. */
export function renderJson(report: Report): string {
  return JSON.stringify(report, null, 2).replace(
    BARE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
