/** What both ways share: the end of a walk as a fate, table nat on the way out, refusals. */
import {
  type FilterPacket,
  type Hook,
  type NatVerdict,
  type Passage,
  pass,
  type Step,
  type Verdict,
  walk,
  walkNat,
} from '../../../src/kernel/filter.ts'
import { type Routed, selectSource } from '../../../src/kernel/route.ts'
import type { ReverseFacts } from '../../../src/kernel/rp-filter.ts'
import type { Firewall } from '../../../src/model/facts.ts'
import type { Fate } from './observed.ts'

export interface HostModel extends ReverseFacts {
  readonly firewall: Firewall
  /** Groups that were joined, as `v0 224.0.0.18`. */
  readonly joined: readonly string[]
  /** Table nat comes before table security. */
  readonly natFirst?: boolean
  /** Told every rule and policy that the packet is said to meet. */
  readonly note?: (steps: readonly Step[]) => void
}

export const WHOLE = { whole: true }

export function passOn(host: HostModel, packet: FilterPacket, hook: Hook): Passage {
  const passage = pass(host.firewall, WHOLE, packet, hook)
  host.note?.(passage.verdict.trace)
  noteNat(host, passage.nat)
  return passage
}

export function walkOn(host: HostModel, packet: FilterPacket, hook: Hook, after?: FilterPacket): Verdict {
  const verdict = walk(host.firewall, WHOLE, packet, hook, after)
  host.note?.(verdict.trace)
  return verdict
}

export function natOn(host: HostModel, packet: FilterPacket, hook: 'input' | 'postrouting'): NatVerdict {
  const nat = walkNat(host.firewall, WHOLE, packet, hook)
  noteNat(host, nat)
  return nat
}

/** The tables before it are noted already. */
export function noteNat(host: HostModel, nat: NatVerdict | undefined): void {
  if (nat !== undefined) host.note?.(nat.trace.filter(({ table }) => table === 'nat'))
}

export function unknown(because: string): Fate {
  return { is: 'unknown', because }
}

/** The route once for every next hop: any of them may be taken. */
export function eachHop(routed: Routed): readonly Routed[] {
  return routed.hops.map((hop) => ({ ...routed, hops: [hop], ...(hop.dev === undefined ? {} : { dev: hop.dev }) }))
}

/** Mark and state behind the tables, where every way gives the same. */
export function look({ passing }: Verdict): Pick<FilterPacket, 'mark' | 'ctstate'> {
  const [first] = passing
  const mark = passing.every((state) => state.mark === first?.mark) ? first?.mark : undefined
  const ctstate = passing.every((state) => state.ctstate === first?.ctstate) ? first?.ctstate : undefined
  return { ...(mark === undefined ? {} : { mark }), ...(ctstate === undefined ? {} : { ctstate }) }
}

export function outOf({ is, dev }: Routed): { readonly out?: string } {
  const out = is === 'local' ? 'lo' : dev
  return out === undefined ? {} : { out }
}

export function settle(verdict: Verdict, packet: FilterPacket): Fate {
  return verdict.verdict === 'accept' ? { is: 'delivered', ...endsOf(packet), rp: 0 } : refusal(verdict, packet)
}

/** Table nat at POSTROUTING, and the cable. */
export function leaves(host: HostModel, packet: FilterPacket, verdict: Verdict, routed: Routed): Fate {
  if (verdict.verdict !== 'accept') return refusal(verdict, packet)
  const [hop] = routed.hops
  const target = hop?.via ?? packet.dst
  const mac = routed.is === 'unicast' && target !== undefined ? { mac: macOf(target) } : {}
  const dev = hop?.dev === undefined ? {} : { dev: hop.dev }
  const fate: Fate = { is: 'out', ...dev, ...mac, ...endsOf(packet), rp: 0 }
  const state = look(verdict)
  if (state.ctstate !== 'NEW') return fate
  const nat = natOn(host, { ...packet, ...state }, 'postrouting')
  if (nat.rewrites === 'unknown') return unknown(`nat POSTROUTING ${nat.option}`)
  if (nat.rewrites === 'no') return fate
  const src = nat.target === 'MASQUERADE' ? selectSource(host.links, hop?.dev ?? '', target) : nat.to
  return { ...fate, ...(src === undefined ? {} : { src }) }
}

/** Link addresses of all neighbours end in the last two octets of their address. */
function macOf(ip: string): string {
  const octets = ip.split('.').slice(2)
  return octets.map((octet) => Number(octet).toString(16).padStart(2, '0')).join('')
}

function endsOf({ src, dst, dport }: FilterPacket): Pick<Fate, 'src' | 'dst' | 'dport'> {
  return {
    ...(src === undefined ? {} : { src }),
    ...(dst === undefined ? {} : { dst }),
    ...(dport === undefined ? {} : { dport }),
  }
}

const CODES: Readonly<Record<string, number>> = {
  'icmp-port-unreachable': 3,
  'icmp-host-prohibited': 10,
  'icmp-admin-prohibited': 13,
}

export function refusal(verdict: Verdict, packet: FilterPacket): Fate {
  if (verdict.verdict === 'unknown') return unknown(verdict.option ?? verdict.reason ?? '')
  if (
    verdict.verdict === 'drop' &&
    verdict.trace.every(({ effect, matched }) => effect !== 'reject' || matched === 'no')
  )
    return { is: 'dropped' }
  // Rules that only may match: which of several refuses is open, and nothing passes.
  const kinds = new Set(
    verdict.trace
      .filter(({ effect, matched }) => matched !== 'no' && (effect === 'reject' || effect === 'drop'))
      .map(({ effect, rule }) => (effect === 'drop' ? 'drop' : (rule?.target?.options['reject-with'] ?? ''))),
  )
  const [kind = ''] = kinds
  if (kinds.size > 1) return { is: 'lost' }
  if (isSilent(packet, kind)) return { is: 'dropped', because: 'rejected without a word' }
  return { is: 'refused', how: kind === 'tcp-reset' ? 'reset' : `icmp 3/${CODES[kind]}` }
}

/** Nobody is told about ICMP errors, resets and what was sent to many (icmp_send, nf_send_reset). */
function isSilent({ protocol, icmpType, tcpFlags, dstType, dst = '' }: FilterPacket, kind: string): boolean {
  if (kind === 'tcp-reset') return tcpFlags?.includes('RST') === true
  const error = protocol === 1 && [3, 4, 5, 11, 12].includes(icmpType ?? 8)
  return error || (dstType !== undefined && dstType !== 'unicast') || dst.startsWith('224.')
}
