/** The rules by which keepalived itself drops what is sent to its VIPs, as the packet filters show them. */
import { inCidr } from '../lib/ip.ts'
import type { Host } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import type { FilterRule, KeepalivedConf } from '../model/facts.ts'

/** Name of keepalived's table where vrrp_nftables gives no other. */
const TABLE = 'keepalived'

/** Lines that drop: `ip daddr @vips drop` of its own nft table, `-d VIP -j DROP` or its ipset in INPUT. */
export function dropRules({ facts }: Host, conf: KeepalivedConf, vips: readonly string[]): readonly Cite[] {
  const { nft, firewall } = facts
  const name = globalLine(conf, 'vrrp_nftables')?.args[0] ?? TABLE
  const tables = nft.state === 'known' ? nft.value.tables.filter((table) => table.name === name) : []
  const ofNft = tables
    .flatMap(({ chains }) => chains.filter(({ hook }) => hook === 'input'))
    .flatMap(({ rules }) => rules.filter(({ text }) => /^ip6? daddr \S.* drop$/.test(text)))
  const filter = firewall.state === 'known' ? firewall.value.tables.find((table) => table.name === 'filter') : undefined
  const ofIptables = (filter?.chains.find((chain) => chain.name === 'INPUT')?.rules ?? []).filter((rule) =>
    drops(rule, vips),
  )
  return [...ofNft, ...ofIptables].map(({ at }) => at)
}

/** keepalived's own rule has one condition: the destination. */
function drops({ matches, target }: FilterRule, vips: readonly string[]): boolean {
  const [only, second] = matches
  if (target?.name !== 'DROP' || only === undefined || second !== undefined || only.not) return false
  if (only.option === 'match-set') return only.values[0] === TABLE
  const [net = ''] = only.values
  return only.option === 'd' && /^[^/]+(?:\/32)?$/.test(net) && vips.some((vip) => inCidr(vip, net))
}

/** Both filters were listed in full: a rule that is not there does not exist. */
export function allRulesSeen({ facts: { nft, firewall } }: Host): boolean {
  return nft.state === 'known' && nft.whole && firewall.state === 'known' && firewall.whole
}

/** vrrp_iptables may send the rules into another chain, and up to 1.4 a bare one meant: no rules. */
export function hasOwnChain(conf: KeepalivedConf): boolean {
  return globalLine(conf, 'vrrp_iptables') !== undefined
}

function globalLine(conf: KeepalivedConf, keyword: string) {
  return conf.root
    .filter((node) => node.keyword === 'global_defs')
    .flatMap(({ children }) => children ?? [])
    .findLast((node) => node.keyword === keyword)
}
