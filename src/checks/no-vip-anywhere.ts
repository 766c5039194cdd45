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
  undecided,
} from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { directorFaces } from '../topology/faces.ts'
import { heldBy, maybeRouted, mayHold, unseenHolder } from '../topology/vip-holders.ts'

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
  'director-unseen': (d: { vip: string; who: string }) => `${d.vip} may be on ${d.who}, whose addresses were not seen`,
  'maybe-routed': (d: { vip: string; host: string }) =>
    `${d.vip} is on no interface of a director that answers ARP; ${d.host} takes its packets if a router sends them there`,
  'different-moments': (d: { vip: string }) =>
    `the directors were looked at in different moments: ${d.vip} may have moved from one to the other in between`,
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
    let open: ReturnType<typeof doubtOf>
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

type Director = HostView<{ links: 'whole' }>

/** What keeps "on none of those seen" from meaning "on none". */
function doubtOf({ ip, from }: Vip, hosts: readonly Director[], view: CaseView) {
  const mine = candidates(ip, hosts, view)
  const hidden = unseenHolder(
    ip,
    mine.map(({ host }) => host),
    view.kase.hosts,
  )
  const who = hidden ?? (mine.length < 2 ? 'the other director' : undefined)
  if (who !== undefined) return undecided(reasons, 'director-unseen', { vip: ip, who }, from, ['ip addr'])
  const routed = hosts.find(({ host }) => maybeRouted(host, ip))
  if (routed) return undecided(reasons, 'maybe-routed', { vip: ip, host: routed.name }, from, [`ip route get ${ip}`])
  const apart = mine.some((a) => mine.some((b) => !view.comparable(a.links, b.links)))
  return apart ? undecided(reasons, 'different-moments', { vip: ip }, from, ['ip addr']) : undefined
}

function candidates(ip: string, hosts: readonly Director[], view: CaseView): readonly Director[] {
  return hosts.filter(({ host }) => mayHold(ip, host, view.topology))
}

function claimOf({ ip, from }: Vip, hosts: readonly Director[], view: CaseView): Claim {
  const mine = candidates(ip, hosts, view)
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
