/** Formats of the report: an explicit map, nothing is printed here. */
import type { Report } from '../model/report.ts'
import { renderBrief } from './brief.ts'
import { renderJson } from './json.ts'
import type { TextOptions } from './text.ts'
import { renderText } from './text.ts'

export { renderBrief } from './brief.ts'
export { renderJson } from './json.ts'
export type { TextOptions } from './text.ts'
export { renderText } from './text.ts'

/** What every renderer gets; each takes what it needs. */
export type RenderOptions = TextOptions

export type Renderer = (report: Report, options: RenderOptions) => Promise<string>

export const RENDERERS = {
  text: renderText,
  brief: async (report) => renderBrief(report),
  json: async (report) => `${renderJson(report)}\n`,
} as const satisfies Readonly<Record<string, Renderer>>

export type ReportFormat = keyof typeof RENDERERS

export const REPORT_FORMATS = ['text', 'brief', 'json'] as const satisfies readonly ReportFormat[]
