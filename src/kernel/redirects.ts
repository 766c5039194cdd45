/** A real server may listen on another port than the virtual service, where its own table nat turns the one into the other. */
import type { HostFacts } from '../model/case.ts'
import type { FixStep } from '../model/check.ts'
import type { Cite, HostId } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { walkNat } from './filter/walk.ts'

export interface Redirect {
  /** `unseen`: table nat was not listed, or cannot be decided. */
  readonly is: 'yes' | 'no' | 'unseen'
  readonly by?: Cite
}

export interface Turned {
  readonly ip: string
  readonly from: number
  readonly to: number
}

const NUMBERS = { tcp: 6, udp: 17, sctp: 132 } as const

/** Are new packets to `ip`:`from` turned to port `to` on their way in (REDIRECT, DNAT)? */
export function redirects(
  { firewall }: HostFacts,
  protocol: 'tcp' | 'udp' | 'sctp',
  { ip, from, to }: Turned,
): Redirect {
  if (firewall.state !== 'known') return { is: 'unseen' }
  const packet = { protocol: NUMBERS[protocol], dst: ip, dport: from, ctstate: 'NEW', mark: 0, notIn: ['lo'] } as const
  const verdict = walkNat(firewall.value, firewall, packet, 'prerouting')
  if (verdict.rewrites === 'unknown') return { is: 'unseen' }
  const port = /(?:^|:)(\d{1,5})$/.exec(verdict.to ?? '')?.[1]
  if (verdict.rewrites === 'no' || Number(port) !== to) return { is: 'no' }
  return { is: 'yes', ...(verdict.by === undefined ? {} : { by: verdict.by }) }
}

/** The rule that does it. */
export function redirectStep(host: HostId, protocol: string, { ip, from, to }: Turned): FixStep {
  const rule = `PREROUTING -d ${ip} -p ${protocol} --dport ${from} -j REDIRECT --to-ports ${to}`
  const persist = 'service iptables save || netfilter-persistent save'
  return runStep(host, `iptables -t nat -A ${rule}`, 'safe', { persist, undo: `iptables -t nat -D ${rule}` })
}
