/** The packets behind the first one, as the director's own connection tracking sees them. */
import type { CtState, FilterPacket } from '../kernel/filter.ts'
import { sysctlNumber } from '../kernel/sysctl.ts'
import type { Host } from '../model/case.ts'
import { askFilter } from './ask-filter.ts'
import type { Walk } from './walk.ts'

/**
 * IPVS takes its packets out of connection tracking (ip_vs_notrack), so nothing is ever established: the ACK that ends the handshake
 * is NEW to it, or INVALID where nf_conntrack_tcp_loose is 0. Only with vs.conntrack=1 it belongs to a connection. False: it is refused.
 */
export function followers(walk: Walk, director: Host, first: FilterPacket): boolean {
  const { sysctl, firewall, nft } = director.facts
  if (first.protocol !== 6 || (firewall.state === 'missing' && nft.state === 'missing')) return true
  const value = (key: string): number | undefined =>
    sysctl.state === 'known' ? sysctlNumber(sysctl.value, key)?.value : undefined
  const loose = value('net.netfilter.nf_conntrack_tcp_loose') !== 0
  const ctstate: CtState = value('net.ipv4.vs.conntrack') === 1 ? 'ESTABLISHED' : loose ? 'NEW' : 'INVALID'
  const { verdict, by, rule, assumed } = askFilter(director.facts, { ...first, ctstate, tcpFlags: ['ACK'] }, 'input')
  if (verdict === 'accept' || verdict === 'unknown') return true
  const what = `INPUT ${verdict}s the ACK behind it, which is ${ctstate} here: ${rule ?? 'policy'}`
  return walk.say({ step: 'filter-input', host: director, verdict, text: what, cites: [by], assumed })
}
