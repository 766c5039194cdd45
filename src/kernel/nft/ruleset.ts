/** A ruleset of nft in the words of the packet walk: tables with chains, and the base chains of a hook in the kernel's order. */
import type { FilterChain, FilterTable, NftChain, NftRuleset, NftTable } from '../../model/facts.ts'
import type { BaseChain } from '../filter/packet.ts'
import { translateRule } from './rule.ts'

export interface BaseOf {
  readonly table: FilterTable
  readonly chain: FilterChain
  readonly base: BaseChain
  readonly nat: boolean
  /** undefined: a priority by a name that is not known. */
  readonly priority: number | undefined
}

const BASES: Readonly<Record<string, BaseChain>> = {
  prerouting: 'PREROUTING',
  input: 'INPUT',
  forward: 'FORWARD',
  output: 'OUTPUT',
  postrouting: 'POSTROUTING',
}

/** Families that see IPv4 packets on these hooks. */
const FAMILIES = new Set(['ip', 'inet'])

/** Base chains by hook and priority. `withIptables`: also those of iptables-nft, where iptables itself was not listed. */
export function baseChains(ruleset: NftRuleset, withIptables: boolean): readonly BaseOf[] {
  const tables = ruleset.tables.filter(
    ({ family, ofIptables }) => FAMILIES.has(family) && (withIptables || !ofIptables),
  )
  return tables.flatMap((table) => {
    const walked = translateTable(table)
    return table.chains.flatMap((chain, at): readonly BaseOf[] => {
      const base = BASES[chain.hook ?? '']
      const made = walked.chains[at]
      if (base === undefined || made === undefined) return []
      return [{ table: walked, chain: made, base, nat: chain.type === 'nat', priority: priorityOf(chain) }]
    })
  })
}

function translateTable(table: NftTable): FilterTable {
  const sets = new Map((table.sets ?? []).map(({ name, elements }) => [name, elements]))
  const chains = table.chains.map((chain): FilterChain => {
    const rules = chain.rules.flatMap(({ text, at }) => {
      const counters = counted(text)
      return translateRule(text, sets).map((step) => ({ ...step, ...counters, at, text }))
    })
    // A base chain without the word lets pass what comes to its end.
    const policy = chain.hook === undefined ? {} : ({ policy: chain.policy === 'drop' ? 'DROP' : 'ACCEPT' } as const)
    return { name: chain.name, ...policy, rules, at: chain.at }
  })
  return { name: `${table.family} ${table.name}`, chains, at: table.at }
}

function counted(text: string): { counters?: { packets: number; bytes: number } } {
  const [, packets, bytes] = /\bcounter packets (\d{1,15}) bytes (\d{1,15})\b/.exec(text) ?? []
  return packets === undefined ? {} : { counters: { packets: Number(packets), bytes: Number(bytes) } }
}

const PRIORITIES: Readonly<Record<string, number>> = {
  raw: -300,
  mangle: -150,
  dstnat: -100,
  filter: 0,
  security: 50,
  srcnat: 100,
}

/** `filter`, `filter - 10`, `-150`. */
function priorityOf({ priority = '' }: NftChain): number | undefined {
  if (/^-?\d{1,10}$/.test(priority)) return Number(priority)
  const [, name = '', sign, more] = /^([a-z]+)(?: ([+-]) (\d{1,10}))?$/.exec(priority) ?? []
  const start = PRIORITIES[name]
  return start === undefined ? undefined : start + (sign === '-' ? -1 : 1) * Number(more ?? 0)
}
