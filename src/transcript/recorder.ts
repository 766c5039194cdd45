/** Collects what the readers find in one source, and numbers it in the order of the text. */
import type { Cite, Section, Source, Unread } from '../model/evidence.ts'
import type { TypedCommand } from '../model/facts.ts'
import { changesOf } from './changes.ts'
import { remembering } from './memo.ts'
import { readTyped, type TypedLine } from './typed-line.ts'
import { splitList } from './words.ts'

export interface HostName {
  readonly host: string
  readonly hostBy: Section['hostBy']
}

export interface HostCommand extends HostName {
  readonly command: TypedCommand
  readonly source: string
}

export interface Recorder {
  readonly source: Source
  readonly sections: Section[]
  readonly commands: HostCommand[]
  readonly unread: Unread[]
  /** `readTyped`, remembered for this source. */
  readonly typedLine: (text: string) => TypedLine
  /** Id that the next `open` will give. */
  nextId(): string
  /** Next position in the source, and id of the section that stands there. */
  open(): { id: string; order: number }
  /** One typed line may hold several commands; `section` is where its line is cited. */
  typed(who: HostName, line: number, text: string, how: TypedCommand['how'], section?: string): void
  /** A line outside all sections that nobody understood; `line` counts from 1. */
  miss(line: number): void
}

/** Id of the text outside all sections: see `Transcript.outside`. */
export function outsideId(source: string): string {
  return `${source}#0`
}

type Part = Pick<TypedCommand, 'text' | 'words' | 'changes'>

function partsOfLine(text: string): readonly Part[] {
  return splitList(text.slice(0, 4096)).map((part) => {
    const changes = changesOf(part.tokens)
    return {
      text: part.text,
      words: part.tokens.map((token) => token.word),
      ...(changes === undefined ? {} : { changes }),
    }
  })
}

export function createRecorder(source: Source): Recorder {
  const sections: Section[] = []
  const commands: HostCommand[] = []
  const partsOf = remembering(partsOfLine)
  const unread: Unread[] = []
  let order = 0
  let count = 0
  return {
    source,
    sections,
    commands,
    unread,
    typedLine: remembering(readTyped),
    nextId: () => `${source.name}#${count + 1}`,
    open() {
      order += 1
      count += 1
      return { id: `${source.name}#${count}`, order }
    },
    typed(who, line, text, how, section) {
      const at: Cite = { section: section ?? outsideId(source.name), line }
      for (const part of partsOf(text)) {
        order += 1
        const { host, hostBy } = who
        commands.push({ host, hostBy, command: { ...part, how, at, order }, source: source.name })
      }
    },
    miss(line) {
      unread.push({ at: { section: outsideId(source.name), line }, text: source.lines[line - 1] ?? '' })
    },
  }
}
