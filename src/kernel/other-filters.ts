/** Packet filters beside the iptables listing: every base chain on a hook must accept, so one that we do not walk makes a verdict open. */
import type { HostFacts } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import type { NftChain } from '../model/facts.ts'

/**
 * nft base chains on `hook` that are not a mirror of the iptables listing and could refuse something.
 * A chain with policy accept and no drop, reject, jump, goto, queue or verdict map cannot.
 */
export function unwalkedChains(
  facts: HostFacts,
  hook: 'input' | 'forward' | 'output',
): readonly { readonly name: string; readonly at: Cite }[] {
  const nft = facts.nft
  if (nft.state !== 'known') return []
  const hooks =
    hook === 'input'
      ? ['ingress', 'prerouting', 'input']
      : hook === 'output'
        ? ['output', 'postrouting']
        : ['ingress', 'prerouting', 'forward', 'postrouting']
  return nft.value.tables
    .filter((table) => !table.ofIptables && ['ip', 'inet', 'netdev'].includes(table.family))
    .flatMap((table) =>
      table.chains
        .filter((chain) => chain.hook !== undefined && hooks.includes(chain.hook) && mayRefuse(chain))
        .map((chain) => ({ name: `${table.family} ${table.name} ${chain.name}`, at: chain.at })),
    )
}

const DECIDES = /\b(?:drop|reject|jump|goto|queue|vmap|tproxy|redirect|dnat)\b/

function mayRefuse(chain: NftChain): boolean {
  return chain.policy === 'drop' || chain.rules.some((rule) => DECIDES.test(rule.text))
}
