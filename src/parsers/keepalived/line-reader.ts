/** The lines of a configuration as keepalived sees them: files spliced in, definitions replaced, sequences unrolled. */
import type { Cite, Unread } from '../../model/evidence.ts'
import type { ConfWord } from '../../model/facts.ts'
import { ConditionalLines } from './conditions.ts'
import { Definitions } from './definitions.ts'
import { Evaluator } from './evaluate.ts'
import type { ConfFile } from './include-files.ts'
import { isTooLong, LineBuffer } from './line-buffer.ts'
import { LineCache } from './line-cache.ts'
import type { DraftNode } from './node.ts'
import { OpenFiles } from './open-files.ts'
import { PendingLines } from './pending-lines.ts'
import { cutLine, type Words } from './words.ts'

export interface TextFault {
  readonly kind: 'unterminated-quote' | 'line-too-long' | 'invalid-value'
  readonly at: Cite
  readonly column: number
  readonly word: string
}

const IS_INCLUDE = /^include[rmwba]?[ \t\r\f\v]/

/** Emulates read_line() of keepalived 2.2 (parser.c). `run` once, then look at the lists. */
export class LineReader {
  readonly pieces: DraftNode[] = []
  readonly unread: Unread[] = []
  readonly faults: TextFault[] = []
  readonly includes: ConfWord[] = []
  readonly unresolved: ConfWord[] = []
  readonly files: OpenFiles
  readonly #definitions = new Definitions()
  readonly #pending = new PendingLines()
  readonly #cache = new LineCache()
  readonly #evaluator: Evaluator
  #at: Cite = { section: '', line: 0 }

  constructor(files: readonly ConfFile[], main: ConfFile, configId?: string) {
    const conditions = new ConditionalLines(files, configId)
    this.#evaluator = new Evaluator(this.#definitions, this.#pending, conditions)
    this.#definitions.set('_INSTANCE', conditions.id)
    this.files = new OpenFiles(files, main, (folder) => this.#definitions.set('_PWD', folder))
  }

  /** `incomplete`: the text may use definitions that stand elsewhere. */
  run(incomplete: boolean): this {
    this.#definitions.incomplete = incomplete
    this.files.forEachLine((text, at) => this.#line(text, at))
    return this
  }

  #line(text: string, at: Cite): void {
    this.#at = at
    if (text === '' || text === '\r') {
      this.#evaluator.emptyLine()
      return
    }
    const tooLong = isTooLong(text)
    if (tooLong) this.#fault('line-too-long', 1, text.trimStart().slice(0, 60).split(/\s/, 1)[0] ?? '')
    if (tooLong) this.#cannotTell()
    const cut = !this.#evaluator.defining && this.#cache.cut(text)
    if (cut !== false) {
      if ('unmatched' in cut) this.#fault('unterminated-quote', cut.unmatched + 1, '"')
      for (const { keyword, args, column } of 'unmatched' in cut ? cut.pieces : cut)
        this.pieces.push({ keyword, args, at, column })
    }
    if (cut !== false || tooLong) return
    const buffer = new LineBuffer(text.endsWith('\r') ? text.slice(0, -1) : text)
    if (buffer.decomment()) this.#fault('unterminated-quote', buffer.column(buffer.text.indexOf('"')), '"')
    for (let one: LineBuffer | undefined = buffer; one !== undefined; one = this.#pending.next(this.#definitions)) {
      const { left, unsure, invalid } = this.#evaluator.evaluate(one)
      if (unsure) this.#cannotTell()
      if (invalid) this.#fault('invalid-value', one.column(0), one.text.slice(0, 60))
      if (left) this.#cut(one)
    }
    if (!this.#pending.exhausted) return
    this.#definitions.incomplete = true
    this.#cannotTell()
  }

  /** One piece, up to a brace or the brace; what follows is evaluated on its own. */
  #cut(buffer: LineBuffer): void {
    if (IS_INCLUDE.test(buffer.text)) {
      this.#include(buffer)
      return
    }
    const brace = buffer.brace()
    const end = brace < 0 ? buffer.text.length : Math.max(1, brace)
    const words: Words[] = []
    const cut = cutLine(buffer.text.slice(0, end), words, false)
    if (typeof cut === 'number') this.#fault('unterminated-quote', buffer.column(cut), '"')
    const only = buffer.only === undefined ? {} : { only: buffer.only }
    for (const { keyword, args, column } of words)
      this.pieces.push({ keyword, args, at: this.#at, column: buffer.column(column - 1), ...only })
    if (end < buffer.text.length) this.#pending.residue(buffer.slice(end))
  }

  /** The rest of the line is the pattern, quotes and braces included: keepalived hands it to glob() as it stands. */
  #include(buffer: LineBuffer): void {
    const [keyword = ''] = buffer.text.split(/[ \t\r\f\v]/, 1)
    const word = { value: buffer.text.slice(keyword.length + 1).replace(/^[ \t]+/, ''), at: this.#at }
    this.includes.push(word)
    if (buffer.only === undefined && this.files.include(word.value)) return
    this.unresolved.push(word)
    this.#definitions.incomplete = true
    this.pieces.push({ keyword, args: [word.value], at: this.#at, column: buffer.column(0) })
  }

  #fault(kind: TextFault['kind'], column: number, word: string): void {
    const last = this.faults.at(-1)
    if (last?.at === this.#at && last.kind === kind) return
    this.faults.push({ kind, at: this.#at, column, word })
  }

  #cannotTell(): void {
    if (this.unread.at(-1)?.at === this.#at) return
    this.unread.push({ at: this.#at, text: this.files.lineAt(this.#at) })
  }
}
