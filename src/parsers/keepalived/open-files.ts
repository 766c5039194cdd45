/** The files that are being read, each in the middle of the one that includes it. */
import type { Cite } from '../../model/evidence.ts'
import { type ConfFile, filesFor, folderOf } from './include-files.ts'

/** keepalived would run out of open files: a file that includes itself has no end. */
const DEEPEST = 20
/** Files that include each other twice over would be read a million times. */
const MOST_LINES = 100_000

export class OpenFiles {
  /** Files that were read. */
  readonly seen = new Set<ConfFile>()
  readonly #files: readonly ConfFile[]
  readonly #open: { readonly file: ConfFile; next: number }[] = []
  /** Lines that may still be read from included files. */
  #budget: number
  readonly #moved: (folder: string | undefined) => void

  /** `moved` is told the folder that is current from here on; undefined: nobody can tell. */
  constructor(files: readonly ConfFile[], main: ConfFile, moved: (folder: string | undefined) => void) {
    this.#files = files
    this.#moved = moved
    this.#budget = files.reduce((sum, { section }) => sum + 3 * section.lines.length, MOST_LINES)
    this.#enter(main)
  }

  /** Hands over every line, those of an included file before what is left of the file that includes it. */
  forEachLine(use: (text: string, at: Cite) => void): void {
    for (let top = this.#open.at(-1); top !== undefined; top = this.#open.at(-1)) {
      const { file } = top
      const { id, lines, firstLine } = file.section
      while (top.next < lines.length && this.#open.at(-1) === top) {
        const index = top.next++
        use(lines[index] ?? '', { section: id, line: firstLine + index })
      }
      if (this.#open.at(-1) !== top) continue
      this.#open.pop()
      this.#move()
    }
  }

  /** Reads the files a pattern means before what is left of this one; false when none is at hand. */
  include(pattern: string): boolean {
    const from = this.#open.at(-1)?.file
    const found = from === undefined ? [] : filesFor(pattern, from, this.#files)
    const fresh = found.filter((file) => !this.#open.some((open) => open.file === file))
    this.#budget -= fresh.reduce((sum, { section }) => sum + section.lines.length + 1, 0)
    if (fresh.length === 0 || this.#open.length >= DEEPEST || this.#budget < 0) return false
    for (const file of [...fresh].reverse()) this.#enter(file)
    return true
  }

  lineAt({ section, line }: Cite): string {
    const file = this.#files.find((one) => one.section.id === section)
    return file?.section.lines[line - file.section.firstLine] ?? ''
  }

  #enter(file: ConfFile): void {
    this.seen.add(file)
    this.#open.push({ file, next: 0 })
    this.#move()
  }

  #move(): void {
    const path = this.#open.at(-1)?.file.path
    this.#moved(path?.startsWith('/') ? folderOf(path).replace(/(?!^)\/$/, '') : undefined)
  }
}
