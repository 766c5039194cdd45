/** Colours. Every one repeats a word that stands beside it, so that nothing is lost without them. */
import type { Line, Tone } from './spans.ts'

/** Turns one line into the characters to print. */
export type Painter = (row: Line) => string

function bare(row: Line): string {
  return row
    .map((piece) => piece.text)
    .join('')
    .trimEnd()
}

/**
 * The painter for a terminal with or without colour. chalk is loaded only when there is colour to print; its level is
 * set by hand (16 colours, which every terminal maps to its own readable palette) because the caller has decided.
 */
export async function loadPainter(colour: boolean): Promise<Painter> {
  if (!colour) return bare
  const { Chalk } = await import('chalk')
  const chalk = new Chalk({ level: 1 })
  const paint: Readonly<Record<Tone, (text: string) => string>> = {
    critical: chalk.red.bold,
    warning: chalk.yellow,
    note: chalk.cyan,
    good: chalk.green,
    subdued: chalk.dim,
    heading: chalk.bold,
    command: chalk.cyan,
    plain: (text) => text,
  }
  return (row) => row.map((piece) => paint[piece.tone](piece.text)).join('')
}
