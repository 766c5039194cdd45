/** What a typed `ip …` command asked for, so that a selection is not taken for everything. */
import { blankWords } from '../../lib/words.ts'

export interface IpCommand {
  readonly options: readonly string[]
  /** Words after the object, the verb `show` taken out. */
  readonly rest: readonly string[]
  /** What it printed went through a filter. */
  readonly piped: boolean
}

/** Options that take a word. */
const WITH_VALUE = new Set(['-n', '-netns', '-f', '-family', '-l', '-loops', '-rc', '-rcvbuf'])
const SHOW = /^(?:s|sh|sho|show|l|li|lis|list|ls|lst)$/
const REDIRECTION = /^\d?>/

/** undefined: not a command of ip(8), or none known. */
export function ipCommand(command: string): IpCommand | undefined {
  const pipe = command.indexOf('|')
  const words = blankWords(pipe < 0 ? command : command.slice(0, pipe)).filter((word) => !REDIRECTION.test(word))
  const start = words.findIndex((word) => word === 'ip' || word.endsWith('/ip'))
  if (start < 0) return undefined
  const options: string[] = []
  let at = start + 1
  for (let word = words[at]; word?.startsWith('-'); word = words[at]) {
    const name = word.startsWith('--') ? word.slice(1) : word
    options.push(name)
    at += WITH_VALUE.has(name) ? 2 : 1
  }
  const [verb, ...others] = words.slice(at + 1)
  const rest = verb === undefined || SHOW.test(verb) ? others : [verb, ...others]
  return { options, rest, piped: pipe >= 0 }
}

/** One address family only: what the other one has is not listed. */
export function oneFamily(command: IpCommand): boolean {
  return command.options.some((option) => /^-(?:[460BM]|f|family)$/.test(option))
}

export function isSix(command: IpCommand): boolean {
  return command.options.includes('-6')
}
