/** No director holds the VIP: nobody answers ARP for it, and clients get "No route to host". */
import type { Vip } from '../model/case.ts'
import {
  ailment,
  type CaseView,
  type Claim,
  caseCheck,
  claim,
  fail,
  type HostView,
  pass,
  type Ruling,
  undecided,
} from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { directorFaces } from '../topology/faces.ts'
import { heldBy } from '../topology/vip-holders.ts'
import { candidatesFor, doubtOf, NOWHERE_REASONS } from '../topology/vip-nowhere.ts'

type Nobody = { vip: string; hosts: string }

const messages = {
  'nobody-holds': ailment<Nobody>({
    title: (d) => `No director holds the VIP ${d.vip}`,
    text: (d) =>
      `${d.vip} is on no interface of ${d.hosts}. Nobody answers ARP for it: whoever asks for the service gets "No route to host" or a timeout.`,
    fix: () =>
      'Find out why no node became MASTER: is keepalived running, did it read its configuration, is an instance in FAULT state?',
  }),
}

const reasons = {
  'no-vip-known': (_: Record<string, never>) => 'no VIP is known: neither keepalived.conf nor an IPVS table was given',
  ...NOWHERE_REASONS,
}

export const noVipAnywhere = caseCheck({
  id: 'no-vip-anywhere',
  title: 'Every VIP is held by a director',
  category: 'address',
  severity: 'critical',
  stage: 'director',
  why: 'The service is reachable only while some director has the VIP on an interface that answers ARP. When all of them are in BACKUP or FAULT state, or the daemon does not run, the address belongs to nobody.',
  links: ['https://github.com/acassen/keepalived/issues/836'],
  explains: ['arp-vip-unanswered', 'cap-syn-unanswered'],
  on: 'director',
  atLeast: 1,
  needs: { links: 'whole' },
  messages,
  reasons,
  run(hosts, view) {
    const from = hosts.map((host) => host.links.from[0])
    if (!isNonEmpty(from)) throw new Error('no director, although one was asked for')
    const claims: Claim[] = []
    const held: Cite[] = []
    let open: Ruling | undefined
    for (const vip of view.topology.vips) {
      const at = view.kase.hosts.map((host) => heldBy(host, vip)).find((cite) => cite !== undefined)
      if (at !== undefined) {
        held.push(at)
        continue
      }
      const doubt = doubtOf(vip, hosts, view)
      if (doubt === undefined) claims.push(claimOf(vip, hosts, view))
      else open ??= doubt
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (open !== undefined) return open
    return isNonEmpty(held) ? pass(held) : undecided(reasons, 'no-vip-known', {}, from, ['ipvsadm -Ln'])
  },
})

function claimOf(vip: Vip, hosts: readonly HostView<{ links: 'whole' }>[], view: CaseView): Claim {
  const { ip, from } = vip
  const mine = candidatesFor(vip, hosts, view)
  const [first, ...others] = mine.map(({ host, links }) => directorFaces(host, ip)[0]?.at ?? links.from[0])
  const rest: Omit<Claim, 'message' | 'data'> = {
    cites: [first ?? from[0], ...others, from[0]],
    steps: mine.map(({ id }) =>
      runStep(id, 'systemctl status keepalived; journalctl -u keepalived -n 50 --no-pager', 'safe'),
    ),
    verify: `ip -o addr show to ${ip}   # on the MASTER director it prints one line`,
    about: { hosts: mine.map(({ id }) => id), vips: [ip] },
    proof: 'inferred',
  }
  return claim(messages, 'nobody-holds', { vip: ip, hosts: mine.map(({ name }) => name).join(' and ') }, rest)
}
