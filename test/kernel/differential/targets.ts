/** Targets of rules, by where the rule stands. */
import * as fc from 'fast-check'
import { type Place, USER } from './rule-sets.ts'

const REJECTS = [
  ' -j REJECT --reject-with icmp-port-unreachable',
  ' -j REJECT --reject-with icmp-host-prohibited',
  ' -j REJECT --reject-with icmp-admin-prohibited',
  ' -j REJECT --reject-with tcp-reset',
]

const SPECIAL: Readonly<Record<string, readonly string[]>> = {
  raw: [' -j CT --notrack', ' -j CT --notrack', ' -j NFLOG'],
  mangle: [
    ' -j MARK --set-xmark 0x1/0xffffffff',
    ' -j MARK --set-xmark 0x2/0x3',
    ' -j MARK --xor-mark 0x3',
    ' -j MARK --or-mark 0x4',
    ' -j MARK --and-mark 0xfe',
    ' -j NFLOG',
  ],
  filter: [...REJECTS, ...REJECTS, ' -j NFLOG'],
  security: [' -j NFLOG'],
}

const DESTINATIONS = [
  ' -j DNAT --to-destination 10.0.1.77',
  ' -j DNAT --to-destination 10.0.1.77:8080',
  ' -j DNAT --to-destination 10.9.9.9',
  ' -j DNAT --to-destination 10.0.2.77:80',
]
const REDIRECTS = [' -j REDIRECT --to-ports 8080', ' -j REDIRECT']
const SOURCES = [' -j SNAT --to-source 10.9.9.9', ' -j SNAT --to-source 10.0.0.3']

function natTargets({ chain }: Place): readonly string[] {
  if (chain === 'PREROUTING' || chain === 'OUTPUT' || chain === 'dst') return [...DESTINATIONS, ...REDIRECTS]
  return chain === 'POSTROUTING' ? [...SOURCES, ' -j MASQUERADE'] : SOURCES
}

function deeper({ table, chain, from }: Place): readonly string[] {
  const all = USER[table] ?? []
  if (table === 'nat') {
    if (all.includes(chain)) return []
    return from.some((base) => base === 'PREROUTING' || base === 'OUTPUT')
      ? [' -j dst', ' -g dst']
      : [' -j src', ' -g src']
  }
  return all.slice(all.indexOf(chain) + 1).flatMap((name) => [` -j ${name}`, ` -j ${name}`, ` -g ${name}`])
}

/** The simplest first: fast-check shrinks towards it. */
export function targetsAt(place: Place): fc.Arbitrary<string> {
  const ends = place.table === 'nat' ? [' -j ACCEPT'] : [' -j ACCEPT', ' -j DROP']
  const special = place.table === 'nat' ? natTargets(place) : (SPECIAL[place.table] ?? [])
  return fc.constantFrom(...ends, ' -j RETURN', '', ...deeper(place), ...special)
}
