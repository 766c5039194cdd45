/** Tables while their text is being read: which chain a rule goes to, and whether it has one. */
import { quotedWords } from '../../lib/words.ts'
import { citeLine, type Section } from '../../model/evidence.ts'
import type { FilterChain, FilterRule, FilterTable } from '../../model/facts.ts'
import { readCounters, readRuleSpec } from './rule.ts'

type OpenChain = Omit<FilterChain, 'rules'> & { readonly rules: FilterRule[] }
type OpenTable = Omit<FilterTable, 'chains'> & { readonly chains: Map<string, OpenChain>; committed: boolean }

/** Table, chain and rule lines. `take` says whether it understood the line. */
export class TableReader {
  readonly #section: Section
  readonly #unnamed: string
  readonly #tables: OpenTable[] = []
  #table: OpenTable | undefined
  #starred = false
  #lost = false

  /** `unnamed`: the table of a text without a `*table` line. */
  constructor(section: Section, unnamed: string) {
    this.#section = section
    this.#unnamed = unnamed
  }

  get starred(): boolean {
    return this.#starred
  }

  get committed(): boolean {
    return this.#starred && this.#tables.every((table) => table.committed)
  }

  get tables(): readonly FilterTable[] {
    return this.#tables.map(({ name, chains, at }) => ({ name, chains: [...chains.values()], at }))
  }

  take(text: string, index: number): boolean {
    const star = /^\*([a-z]+)$/.exec(text)
    if (star !== null) {
      this.#table = this.#open(star[1] as string, index)
      this.#starred = true
      this.#lost = false
      return true
    }
    if (text === 'COMMIT' && this.#table !== undefined && this.#starred) {
      this.#table.committed = true
      return true
    }
    if (this.#lost) return false
    const declared =
      /^:(\S+) (\S+)(?: \[(\d+):(\d+)\])?$/.exec(text) ?? /^-P (\S+) (\S+)(?: -c (\d+) (\d+))?$/.exec(text)
    if (declared !== null) return this.#declare(declared, index)
    const fresh = /^-N (\S+)$/.exec(text)
    if (fresh !== null) return this.#declare([text, fresh[1] as string, '-'], index)
    return /^(?:\[\d+:\d+\] +)?-A /.test(text) && this.#append(text, index)
  }

  #open(name: string, index: number): OpenTable {
    const table = { name, chains: new Map<string, OpenChain>(), at: citeLine(this.#section, index), committed: false }
    this.#tables.push(table)
    return table
  }

  #declare([, name = '', policy = '', packets, bytes]: readonly (string | undefined)[], index: number): boolean {
    if (policy !== 'ACCEPT' && policy !== 'DROP' && policy !== '-') return false
    this.#table ??= this.#open(this.#unnamed, index)
    if (this.#table.chains.has(name) || this.#table.committed) {
      // A second listing begins and nothing says of which table: what follows belongs nowhere.
      this.#lost = true
      return false
    }
    const known: Pick<FilterChain, 'policy'> = policy === '-' ? {} : { policy }
    const at = citeLine(this.#section, index)
    this.#table.chains.set(name, { name, ...known, ...readCounters(packets, bytes), rules: [], at })
    return true
  }

  #append(text: string, index: number): boolean {
    const counted = /^\[(\d+):(\d+)\] +/.exec(text)
    const words = quotedWords(counted === null ? text : text.slice(counted[0].length))
    const chain = this.#table?.committed === false ? this.#table.chains.get(words?.[1]?.text ?? '') : undefined
    const spec = chain === undefined || words === undefined ? undefined : readRuleSpec(words.slice(2))
    if (chain === undefined || spec === undefined) return false
    const at = citeLine(this.#section, index)
    chain.rules.push({ ...spec, ...readCounters(counted?.[1], counted?.[2]), at, text })
    return true
  }
}
