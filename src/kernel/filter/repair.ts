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
  if (table === 'filter' && directRuleHelps(firewall, verdict, chain)) return directRule(host, chain, words, risk)
  if (table === 'filter') return insertRule(host, chain, chainPosition(firewall, verdict), words, risk)
  return runStep(host, `iptables -t ${table} -I ${base} 1 ${words}`, risk, {
    persist: 'service iptables save || netfilter-persistent save',
    undo: `iptables -t ${table} -D ${base} ${words}`,
  })
}

/**
 * firewalld writes its tables anew at every reload. Its direct chain comes ahead of its zones and of what it refuses in the
 * end, but not ahead of what somebody inserted before it, and behind direct rules that are there already.
 */
function directRuleHelps({ tables }: Firewall, { rule }: Verdict, chain: string): boolean {
  const chains = tables.filter(({ name }) => name === 'filter').flatMap((table) => table.chains)
  const rules = chains.find(({ name }) => name === chain)?.rules ?? []
  const jump = rules.findIndex(({ target }) => target?.name === `${chain}_direct`)
  if (jump < 0 || rule === undefined) return jump >= 0
  const own = rules.indexOf(rule)
  return own < 0 ? !chains.some(({ name, rules: all }) => name === `${chain}_direct` && all.includes(rule)) : own > jump
}

function directRule(host: HostId, chain: string, words: string, risk: Risk): FixStep {
  const place = `ipv4 filter ${chain} 0 ${words}`
  return runStep(host, `firewall-cmd --direct --add-rule ${place}`, risk, {
    persist: `firewall-cmd --permanent --direct --add-rule ${place}`,
    undo: `firewall-cmd --direct --remove-rule ${place}`,
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
