/** Evidence: text with line numbers, and what we could (or could not) make of it. */

export type NonEmpty<T> = readonly [T, ...T[]]

/** `source#n`: unique within one case. */
export type SectionId = string
export type HostId = string

/**
 * A place in the evidence. Lines are 1-based lines of the *source*; `last` closes a range. `column`: 1-based character
 * of the section's line, where one word of it is meant.
 */
export interface Cite {
  readonly section: SectionId
  readonly line: number
  readonly last?: number
  readonly column?: number
}

/** One input as it came: a file, stdin, a host over ssh. `lines` are decoded, free of control characters, secrets masked. */
export interface Source {
  readonly name: string
  readonly lines: readonly string[]
  /** What had to be repaired on the way in: charset, quoting, ANSI … One word each. */
  readonly repairs: readonly string[]
}

/** One command and what it printed, or one bare output, or one file. */
export interface Section {
  readonly id: SectionId
  readonly source: string
  /** Host as the text names it (prompt, collector frame, file name); identity is decided later, in one place. */
  readonly host: string
  /** `prompt`/`frame`: the text itself names the host. `stem`: only the name of the source does. */
  readonly hostBy: 'prompt' | 'frame' | 'stem' | 'heading' | 'given'
  /** Collector probe that ran it. */
  readonly probe?: string
  /** The command as typed, '' for bare output. */
  readonly command: string
  /** Format recognised from the content of bare output (id of a parser). */
  readonly shape?: string
  /** Epoch milliseconds, where the evidence says it. */
  readonly takenAt?: number
  readonly exit?: number
  readonly lines: readonly string[]
  /** Line of the source that `lines[0]` is. */
  readonly firstLine: number
  /** Line of the source the command itself stands on (prompt line). */
  readonly commandLine?: number
  /** Path, where the section is the text of a file. */
  readonly path?: string
  /** Position in its source; comparable only within one source. */
  readonly order: number
  /** A mark after the last line vouches that nothing is cut off: next prompt, end frame. */
  readonly whole: boolean
}

/** A line that a reader saw and did not understand. */
export interface Unread {
  readonly at: Cite
  readonly text: string
}

export type GapCode =
  | 'not-collected'
  | 'no-such-tool'
  | 'denied'
  | 'failed'
  | 'timed-out'
  | 'cut-short'
  | 'not-understood'
  | 'outdated'

/** Why a fact is missing, and the command(s) that would supply it. */
export interface Gap {
  readonly code: GapCode
  /** Commands to run on the host. */
  readonly ask: readonly string[]
  readonly at?: Cite
  readonly host?: HostId
}

export interface Known<T> {
  readonly state: 'known'
  readonly value: T
  readonly from: NonEmpty<Cite>
  /** Is this all that there is? Only then may absence be concluded from it. */
  readonly whole: boolean
  readonly unread: readonly Unread[]
  readonly moment: Moment
  /** Earlier looks at the same thing, oldest first. */
  readonly earlier: readonly Known<T>[]
}

export interface Missing {
  readonly state: 'missing'
  readonly gaps: NonEmpty<Gap>
}

export type Fact<T> = Known<T> | Missing

/** When a look was taken: position in its source and, where known, the clock. */
export interface Moment {
  readonly source: string
  readonly order: number
  readonly takenAt?: number
}

/** What a parser makes of one section. `ends`: the text carries its own end mark (COMMIT, closing brace, statistics). */
export interface Reading<T> {
  readonly value: T
  readonly unread: readonly Unread[]
  readonly ends?: boolean
  /** The command asked for a selection (`ip -4 addr`, `ip route show dev eth0`, `| grep`): absence from it proves nothing. */
  readonly partial?: true
}

/** A parser of one command's output or one file format. Throws `NotUnderstood`, nothing else. Linear in its input. */
export interface Parser<T> {
  readonly format: string
  parse(section: Section): Reading<T>
}

export function isNonEmpty<T>(list: readonly T[]): list is NonEmpty<T> {
  return list.length > 0
}

/** Cite of the n-th line (0-based) of a section. */
export function citeLine(section: Section, index: number, lastIndex?: number): Cite {
  const line = section.firstLine + index
  return lastIndex === undefined || lastIndex === index
    ? { section: section.id, line }
    : { section: section.id, line, last: section.firstLine + lastIndex }
}

export function unreadLine(section: Section, index: number): Unread {
  return { at: citeLine(section, index), text: section.lines[index] ?? '' }
}
