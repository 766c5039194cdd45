/** Rule sets for iptables-restore, as fast-check makes and shrinks them: towards fewer rules with fewer conditions. */
import * as fc from 'fast-check'
import { conditionsAt } from './conditions.ts'
import { targetsAt } from './targets.ts'

export interface Place {
  readonly table: string
  readonly chain: string
  /** Built-in chains from which packets come here: the chain itself, for a built-in one. */
  readonly from: readonly string[]
}

export interface Condition {
  /** iptables takes each only once a rule. */
  readonly word: string
  readonly text: string
}

export interface Rule extends Place {
  readonly conditions: readonly Condition[]
  readonly target: string
}

export interface RuleSet {
  /** Built-in chains whose policy is DROP, as `filter INPUT`. */
  readonly closed: readonly string[]
  readonly rules: readonly Rule[]
}

const ALL = ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING']
export const BUILT_IN: Readonly<Record<string, readonly string[]>> = {
  raw: ['PREROUTING', 'OUTPUT'],
  mangle: ALL,
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  security: ['INPUT', 'FORWARD', 'OUTPUT'],
}
/** A chain calls only those behind it. Table nat has chains of its own for what changes destinations and sources. */
export const USER: Readonly<Record<string, readonly string[]>> = {
  raw: ['one', 'two'],
  mangle: ['one', 'two'],
  nat: ['dst', 'src'],
  filter: ['one', 'two', 'three'],
  security: ['one'],
}
const WEIGHTS: Readonly<Record<string, number>> = { raw: 2, mangle: 2, nat: 4, filter: 8, security: 1 }

function places(): readonly Place[] {
  return Object.entries(BUILT_IN).flatMap(([table, chains]) => [
    ...chains.map((chain) => ({ table, chain, from: [chain] })),
    ...(USER[table] ?? []).map((chain) => ({ table, chain, from: callersOf(table, chain) })),
  ])
}

function callersOf(table: string, chain: string): readonly string[] {
  if (table !== 'nat') return BUILT_IN[table] ?? []
  return chain === 'dst' ? ['PREROUTING', 'OUTPUT'] : ['INPUT', 'POSTROUTING']
}

function ruleAt(place: Place): fc.Arbitrary<Rule> {
  const some = (most: number): fc.Arbitrary<Condition[]> =>
    fc.uniqueArray(conditionsAt(place), { minLength: 1, maxLength: most, selector: ({ word }) => word })
  // A rule without a condition hides everything behind it.
  const conditions = fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 8, arbitrary: some(1) },
    { weight: 6, arbitrary: some(3) },
  )
  return fc.record({ conditions, target: targetsAt(place) }).map((rule) => ({ ...place, ...rule }))
}

const ruleArbitrary = fc.oneof(
  ...places().map((place) => ({ weight: WEIGHTS[place.table] ?? 1, arbitrary: ruleAt(place) })),
)

const closable = Object.entries(BUILT_IN).flatMap(([table, chains]) =>
  table === 'nat' ? [] : chains.map((chain) => `${table} ${chain}`),
)

/** Policies of DROP mostly in table filter, as in life. */
const closed = fc.uniqueArray(
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom('filter INPUT', 'filter FORWARD', 'filter OUTPUT') },
    { weight: 1, arbitrary: fc.constantFrom(...closable) },
  ),
  { maxLength: 3 },
)

export const ruleSets: fc.Arbitrary<RuleSet> = fc.record({
  closed,
  rules: fc.array(ruleArbitrary, { maxLength: 40, size: 'max' }),
})

/** So that the host's own answers can be heard: rules that let out ICMP errors, resets and IGMP, and in again over lo. */
export const ANSWERS = [
  '-p icmp -m icmp --icmp-type 3 -j ACCEPT',
  '-p tcp -m tcp --tcp-flags RST RST -j ACCEPT',
  '-p igmp -j ACCEPT',
]

function answersAt(chain: string): readonly string[] {
  if (chain === 'FORWARD') return []
  const comesIn = chain === 'PREROUTING' || chain === 'INPUT'
  return ANSWERS.map((rule) => `-A ${chain}${comesIn ? ' -i lo' : ''} ${rule}`)
}

/** What iptables-restore reads. */
export function rulesText({ closed, rules }: RuleSet): string {
  return Object.entries(BUILT_IN)
    .map(([table, chains]) => {
      const policy = (chain: string): string => (closed.includes(`${table} ${chain}`) ? 'DROP' : 'ACCEPT')
      const lines = [
        `*${table}`,
        ...chains.map((chain) => `:${chain} ${policy(chain)} [0:0]`),
        ...(USER[table] ?? []).map((chain) => `:${chain} - [0:0]`),
        ...chains.flatMap((chain) => answersAt(chain)),
        ...rules.filter((rule) => rule.table === table).map(ruleText),
        'COMMIT',
      ]
      return `${lines.join('\n')}\n`
    })
    .join('')
}

/** Only what the generator chose, to be read by people. */
export function ownRules({ closed, rules }: RuleSet): string {
  return [...closed.map((chain) => `${chain} DROP`), ...rules.map((rule) => `-t ${rule.table} ${ruleText(rule)}`)].join(
    '\n',
  )
}

const NEEDS_TCP = /tcp-reset/
const NEEDS_PORTS = /--to-ports|--to-destination \S*:/

function ruleText({ chain, conditions, target }: Rule): string {
  const tcp = NEEDS_TCP.test(target)
  const fits = ({ text }: Condition): boolean => text.startsWith(' -p tcp') || (!tcp && text.startsWith(' -p udp'))
  const needs = tcp || NEEDS_PORTS.test(target)
  const lacks = needs && !conditions.some(fits)
  const kept = lacks ? conditions.filter(({ word }) => word !== '-p') : conditions
  return `-A ${chain}${lacks ? ' -p tcp' : ''}${kept.map(({ text }) => text).join('')}${target}`
}
