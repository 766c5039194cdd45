/** What the screens need of a terminal, and the two ways in which Ink must be held back from it. */

export type Stream = NodeJS.WriteStream

export interface Size {
  readonly columns: number
  readonly rows: number
}

/** A terminal that does not know its size says 0; below 40 columns nothing can be laid out. */
export function sizeOf(stream: { readonly columns?: number | undefined; readonly rows?: number | undefined }): Size {
  const { columns = 0, rows = 0 } = stream
  return { columns: columns >= 40 ? columns : 80, rows: rows >= 4 ? rows : 24 }
}

/** Erases the scrollback, which belongs to the user. Ink sends it when a frame was as tall as the terminal. */
const ERASE_SCROLLBACK = '\u001b[3J'

/**
 * The stream as Ink may see it: always with `columns` (without them Ink runs tput and resize at every layout), and never
 * erasing the scrollback (a terminal made smaller under a frame would lose it). `columns` is for lines that must stay
 * whole: Ink breaks what is longer than its screen, and a command broken in two cannot be copied.
 */
export function steady(stream: Stream, columns = 0): Stream {
  return new Proxy(stream, {
    get(target, key) {
      if (key === 'columns') return Math.max(columns, sizeOf(target).columns)
      if (key === 'rows') return sizeOf(target).rows
      if (key === 'write') {
        return (chunk: string | Uint8Array, ...rest: never[]): boolean =>
          target.write(typeof chunk === 'string' ? chunk.replaceAll(ERASE_SCROLLBACK, '') : chunk, ...rest)
      }
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** OSC 52: asks the terminal to put a text on the clipboard; works through ssh where the terminal allows it. */
export function clipboardSequence(text: string): string {
  return `\u001b]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u0007`
}
