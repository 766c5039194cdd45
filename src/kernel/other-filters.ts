/**
 * Packet filters beside the iptables listing. Every base chain on a hook must accept: what iptables lets through, an nft chain
 * or the tables of the other iptables back end may still drop.
 */
import type { HostFacts } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import type { NftChain } from '../model/facts.ts'

export type OtherFilters =
  | { readonly is: 'none' }
  /** Listed, not walked, and able to refuse. */
  | { readonly is: 'maybe'; readonly name: string; readonly at: Cite }
  | { readonly is: 'unseen' }

export type FilterHook = 'input' | 'forward' | 'output'

const HOOKS: Readonly<Record<FilterHook, readonly string[]>> = {
  input: ['ingress', 'prerouting', 'input'],
  forward: ['ingress', 'prerouting', 'forward', 'postrouting'],
  output: ['output', 'postrouting'],
}

/** Could another filter refuse at `hook` what iptables accepts there? */
export function otherFilters(facts: HostFacts, hook: FilterHook): OtherFilters {
  const { firewall, nft } = facts
  const warning = firewall.state === 'known' ? firewall.value.warnings?.[0] : undefined
  if (warning) return { is: 'maybe', name: 'tables of the other iptables back end', at: warning }
  if (nft.state === 'missing')
    return withoutNft(facts) || nft.gaps.every((gap) => gap.code === 'no-such-tool') ? { is: 'none' } : { is: 'unseen' }
  for (const table of nft.value.tables) {
    if (table.ofIptables || !['ip', 'inet', 'netdev'].includes(table.family)) continue
    const chain = table.chains.find((c) => c.hook !== undefined && HOOKS[hook].includes(c.hook) && mayRefuse(c))
    if (chain) return { is: 'maybe', name: `${table.family} ${table.name} ${chain.name}`, at: chain.at }
  }
  return nft.whole ? { is: 'none' } : { is: 'unseen' }
}

/** A chain of family netdev on ingress or egress that may refuse: those are not walked. */
export function deviceFilter(facts: HostFacts): { readonly name: string; readonly at: Cite } | undefined {
  if (facts.nft.state === 'missing') return undefined
  for (const { family, name, chains } of facts.nft.value.tables) {
    const chain = chains.find((one) => (family === 'netdev' || one.hook === 'ingress') && mayRefuse(one))
    if (chain) return { name: `${family} ${name} ${chain.name}`, at: chain.at }
  }
  return undefined
}

const DECIDES = /\b(?:drop|reject|jump|goto|queue|vmap|tproxy|redirect|dnat)\b/

/** A chain with policy accept and no deciding statement lets everything pass. */
function mayRefuse(chain: NftChain): boolean {
  return chain.policy === 'drop' || chain.rules.some((rule) => DECIDES.test(rule.text))
}

/** nf_tables came with Linux 3.13; CentOS 6 (2.6.32) and 7 before its backport know only iptables. */
function withoutNft(facts: HostFacts): boolean {
  const kernel = facts.identity.state === 'known' ? facts.identity.value.kernel : undefined
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(kernel ?? '') ?? []
  if (major === undefined || minor === undefined) return false
  return Number(major) < 3 || (Number(major) === 3 && Number(minor) < 10)
}
