/** `nft list ruleset`: tables, chains and their rules as text. */
import { NotUnderstood } from '../model/errors.ts'
import { citeLine, type Parser, type Reading, type Section, type Unread, unreadLine } from '../model/evidence.ts'
import type { NftChain, NftRuleset, NftSet, NftTable } from '../model/facts.ts'
import { balance, readHook, withoutComment, withoutHandle } from './nft/line.ts'
import { elementsOf } from './nft/sets.ts'

type OpenChain = Omit<NftChain, 'rules'> & { readonly rules: { text: string; at: NftChain['at'] }[] }
type OpenTable = Omit<NftTable, 'chains' | 'sets'> & { readonly chains: OpenChain[]; sets?: NftSet[] }

/** Statements of a table that are neither a block nor a rule. `flags dormant` is not among them: it switches the table off. */
const TABLE_WORDS = /^(?:comment ".*"|flags owner;?|flags owner,persist;?)$/

/**
 * Every table with its chains. Counters, flow tables and other named objects are passed over by their braces. A rule with a chain of its own (`jump { … }`) is one rule over several lines. `ends` when every brace is closed.
 * @throws NotUnderstood without a single `table … {` line: an empty ruleset prints nothing.
 */
export const nft: Parser<NftRuleset> = {
  format: 'nft',
  parse(section: Section): Reading<NftRuleset> {
    const tables: OpenTable[] = []
    const unread: Unread[] = []
    const managed = new Set<string>()
    let table: OpenTable | undefined
    let chain: OpenChain | undefined
    let broken = false
    /** Open braces inside the chain's rule, or inside a block that is passed over. */
    let depth = 0
    let ruleStart = 0
    let ruleParts: string[] = []
    let set: { readonly name: string; readonly at: NftSet['at']; readonly lines: string[] } | undefined

    const inChain = (open: OpenChain, text: string, index: number): void => {
      if (depth === 0 && text === '}') {
        chain = undefined
        return
      }
      if (depth === 0) {
        const hook = readHook(text)
        if (hook !== undefined) Object.assign(open, hook)
        if (hook !== undefined || /^comment ".*"$/.test(text)) return
        ruleStart = index
        ruleParts = []
      }
      ruleParts.push(text)
      depth += balance(text)
      if (depth > 0) return
      depth = 0
      open.rules.push({ text: ruleParts.join(' '), at: citeLine(section, ruleStart, index) })
    }

    const inTable = (open: OpenTable, text: string, index: number): void => {
      const change = balance(text)
      const named = /^chain (\S+) \{$/.exec(text)
      if (depth > 0) {
        depth = Math.max(0, depth + change)
        set?.lines.push(text)
        if (depth > 0 || set === undefined) return
        const { name, at, lines } = set
        open.sets = [...(open.sets ?? []), { name, elements: elementsOf(lines.join(' ')), at }]
        set = undefined
      } else if (text === '}') table = undefined
      else if (named !== null) {
        chain = { name: named[1] as string, rules: [], at: citeLine(section, index) }
        open.chains.push(chain)
      } else if (change > 0) {
        depth = change
        const found = /^(?:set|map) (\S+) \{$/.exec(text)
        if (found !== null) set = { name: found[1] as string, at: citeLine(section, index), lines: [] }
      } else if (!TABLE_WORDS.test(text) && !(text.endsWith('}') && text.includes('{')))
        unread.push(unreadLine(section, index))
    }

    section.lines.forEach((raw, index) => {
      const warning = /^# Warning: table (\S+ \S+) is managed by iptables-nft/.exec(raw)
      if (warning !== null) managed.add(warning[1] as string)
      const text = (chain === undefined ? withoutComment(raw) : withoutHandle(raw)).trim()
      if (text === '') return
      const named = /^table (?:(ip|ip6|inet|arp|bridge|netdev) )?(\S+) \{$/.exec(text)
      if (named !== null && (table === undefined || /^table/.test(raw))) {
        // A table begins inside another one: the text is cut in between.
        if (table !== undefined) broken = true
        const family = named[1] ?? 'ip'
        const name = named[2] as string
        table = { family, name, ofIptables: managed.has(`${family} ${name}`), chains: [], at: citeLine(section, index) }
        tables.push(table)
        chain = undefined
        set = undefined
        depth = 0
      } else if (chain !== undefined) inChain(chain, text, index)
      else if (table !== undefined) inTable(table, text, index)
      else unread.push(unreadLine(section, index))
    })
    if (tables.length === 0) throw new NotUnderstood('no nft table')
    return { value: { tables }, unread, ends: table === undefined && !broken }
  },
}
