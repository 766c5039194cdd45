/** Where a rule has to go in to be met before what refuses the packet. */
import type { FixStep, Risk } from '../../model/check.ts'
import type { HostId } from '../../model/evidence.ts'
import type { Firewall } from '../../model/facts.ts'
import { insertRule, runStep } from '../../model/fix.ts'
import { chainPosition } from './asking.ts'
import type { Verdict } from './walk.ts'

const BUILT_IN = new Set(['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'])

/**
 * Accepts a packet ahead of the rule or policy that refused it, in the table that refused it: table mangle drops before
 * table filter is asked. `chain` is the built-in chain of the hook; `rule` are iptables words made of parsed values.
 */
export function acceptAhead(
  host: HostId,
  firewall: Firewall,
  verdict: Verdict,
  chain: 'INPUT' | 'FORWARD' | 'OUTPUT',
  rule: string,
  risk: Risk = 'safe',
): FixStep {
  const words = `${rule} -j ACCEPT`
  const { table, base = chain } = refusingPlace(verdict)
  if (table === 'filter') return insertRule(host, chain, chainPosition(firewall, verdict), words, risk)
  return runStep(host, `iptables -t ${table} -I ${base} 1 ${words}`, risk, {
    persist: 'service iptables save || netfilter-persistent save',
    undo: `iptables -t ${table} -D ${base} ${words}`,
  })
}

const TABLES: readonly string[] = ['raw', 'mangle', 'filter', 'security']

/** The table of the deciding rule or policy, and the built-in chain through which the packet came to it. */
export function refusingPlace({ rule, by, trace }: Verdict): { readonly table: string; readonly base?: string } {
  const at = trace.findIndex((step) =>
    rule === undefined ? step.rule === undefined && step.at === by : step.rule === rule,
  )
  const table = trace[at]?.table
  if (table === undefined || !TABLES.includes(table)) return { table: 'filter' }
  const base = trace.slice(0, at + 1).findLast((step) => step.table === table && BUILT_IN.has(step.chain))?.chain
  return { table, ...(base === undefined ? {} : { base }) }
}
