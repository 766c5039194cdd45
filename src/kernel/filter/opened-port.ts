/** Rules that open one port on the way in. */
import type { FilterRule, Firewall } from '../../model/facts.ts'
import { portNumber, protocolNumber } from './protocols.ts'

export interface OpenedPort {
  readonly protocol: 'TCP' | 'UDP'
  readonly rule: FilterRule
}

/** Chains of table filter that no packet for the host itself meets. */
const ELSEWHERE = new Set(['FORWARD', 'OUTPUT'])

/** The first rule that accepts this very port, alone or in a list; a range that happens to hold it is not meant for it. */
export function openedPort(firewall: Firewall, port: number): OpenedPort | undefined {
  for (const table of firewall.tables) {
    if (table.name !== 'filter') continue
    for (const chain of table.chains) {
      if (ELSEWHERE.has(chain.name)) continue
      for (const rule of chain.rules) {
        const protocol = rule.target?.name === 'ACCEPT' ? portProtocol(rule) : undefined
        if (protocol !== undefined && opens(rule, port)) return { protocol, rule }
      }
    }
  }
  return undefined
}

function portProtocol({ matches }: FilterRule): OpenedPort['protocol'] | undefined {
  const match = matches.find(({ option, not }) => option === 'p' && !not)
  const number = protocolNumber(match?.values[0] ?? '')
  return number === 6 ? 'TCP' : number === 17 ? 'UDP' : undefined
}

function opens({ matches }: FilterRule, port: number): boolean {
  return matches.some(
    ({ option, not, values }) =>
      (option === 'dport' || option === 'dports') &&
      !not &&
      (values[0] ?? '').split(',').some((word) => portNumber(word) === port),
  )
}
