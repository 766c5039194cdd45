/** One rule specification: the words after `-A CHAIN`. */
import { type Word, wholeNumber } from '../../lib/words.ts'
import type { FilterCounters, FilterMatch, FilterTarget } from '../../model/facts.ts'
import { BASIC, NAMES, PROTOCOL_MODULES } from './names.ts'

export interface RuleSpec {
  readonly matches: readonly FilterMatch[]
  readonly target?: FilterTarget
  readonly counters?: FilterCounters
}

interface Option {
  readonly name: string
  readonly not: boolean
  readonly values: readonly string[]
}

function isOption(word: Word | undefined): boolean {
  return word !== undefined && !word.quoted && /^-(?:[a-zA-Z]|-[a-zA-Z][\w-]*)$/.test(word.text)
}

function isBang(word: Word | undefined): boolean {
  return word !== undefined && !word.quoted && word.text === '!'
}

/** Options with the words up to the next option. `! -s x` is today's negation, `-s ! x` the one before 1.4.3. */
function options(words: readonly Word[]): readonly Option[] | undefined {
  const found: Option[] = []
  let at = 0
  while (at < words.length) {
    let not = false
    if (isBang(words[at])) {
      not = true
      at += 1
    }
    const word = words[at]
    if (word === undefined || !isOption(word)) return undefined
    at += 1
    if (isBang(words[at]) && !isOption(words[at + 1])) {
      not = !not
      at += 1
    }
    const values: string[] = []
    for (; at < words.length && !isOption(words[at]) && !isBang(words[at]); at += 1) values.push(words[at]?.text ?? '')
    found.push({ name: NAMES.get(word.text) ?? word.text.replace(/^-+/, ''), not, values })
  }
  return found
}

/** `undefined`: not a rule specification that iptables would load. */
export function readRuleSpec(words: readonly Word[]): RuleSpec | undefined {
  const list = options(words)
  if (list === undefined) return undefined
  const matches: FilterMatch[] = []
  let module: string | undefined
  let moduleUsed = true
  let target: { name: string; goto: boolean; options: [string, string][] } | undefined
  let inTarget = false
  let counters: FilterCounters | undefined
  const closeModule = (): void => {
    if (module !== undefined && !moduleUsed && !PROTOCOL_MODULES.has(module))
      matches.push({ option: module, module, not: false, values: [] })
    moduleUsed = true
  }
  for (const { name, not, values } of list) {
    const [first, second] = values
    if (name === 'match') {
      closeModule()
      if (first === undefined || not || values.length > 1) return undefined
      module = first
      moduleUsed = false
      inTarget = false
    } else if (name === 'jump' || name === 'goto') {
      if (first === undefined || not || values.length > 1 || target !== undefined) return undefined
      target = { name: first, goto: name === 'goto', options: [] }
      inTarget = true
    } else if (name === 'counters') {
      const packets = wholeNumber(first)
      const bytes = wholeNumber(second)
      if (packets === undefined || bytes === undefined) return undefined
      counters = { packets, bytes }
    } else if (BASIC.has(name)) {
      if (values.length !== (name === 'f' ? 0 : 1)) return undefined
      // iptables loads the match of the protocol by itself: `-p tcp --dport 80` needs no `-m tcp`.
      if (name === 'p' && module === undefined) module = first
      matches.push({ option: name, not, values })
      inTarget = false
    } else if (inTarget && target !== undefined) {
      target.options.push([name, values.join(' ')])
    } else {
      matches.push({ option: name, ...(module === undefined ? {} : { module }), not, values })
      moduleUsed = true
    }
  }
  closeModule()
  return {
    matches,
    ...(target === undefined ? {} : { target: { ...target, options: Object.fromEntries(target.options) } }),
    ...(counters === undefined ? {} : { counters }),
  }
}

/** `[12:34]` or `-c 12 34` as a part of a chain or rule, nothing when not printed. */
export function readCounters(packets: string | undefined, bytes: string | undefined): { counters?: FilterCounters } {
  const p = wholeNumber(packets)
  const b = wholeNumber(bytes)
  return p === undefined || b === undefined ? {} : { counters: { packets: p, bytes: b } }
}
