/** How many columns a text takes on a terminal. */

/** Columns of one text that holds no control characters. */
export type Measure = (text: string) => number

const ASCII = /^[\u0000-\u007f]*$/

function asciiWidth(text: string): number {
  return text.length
}

/**
 * The cheapest measure that is right for these texts. string-width brings Intl.Segmenter, which costs milliseconds at
 * start-up, so it is loaded only when a text needs it (Chinese comments in pasted configurations, mostly).
 */
export async function loadMeasure(sample: string): Promise<Measure> {
  if (ASCII.test(sample)) return asciiWidth
  const { default: stringWidth } = await import('string-width')
  return (text) => (ASCII.test(text) ? text.length : stringWidth(text))
}
