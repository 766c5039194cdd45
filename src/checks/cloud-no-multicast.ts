/** Multicast VRRP where the platform does not pass multicast on: every node is MASTER, and nobody logs why. */

import { letsAdvertsPass } from '../kernel/advert-ways.ts'
import { ailment, type Claim, caseCheck, claim, fail, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { advertsFrom, advertsTo } from '../topology/adverts.ts'
import { hearing } from '../topology/deaf-pairs.ts'
import { platformOf } from '../topology/platform.ts'
import { aboutRouter, confLines, sharedRouters } from '../topology/router-pairs.ts'
import { effectiveVrrp } from '../topology/vrrp.ts'

type Cloud = { instance: string; hosts: string; platform: string }

const cloud = (what: (d: Cloud) => string) =>
  ailment<Cloud>({
    title: (d) => `${d.instance} sends multicast on ${d.platform}, and ${d.hosts} do not hear each other`,
    text: (d) =>
      `${what(d)} ${d.hosts} are MASTER at once, and nothing shows that one has received an advert of the other.`,
    fix: () =>
      'Use unicast_src_ip and unicast_peer on every node. The platform must also let them send from the VIP: allowed-address-pairs (OpenStack), no source/destination check (EC2), MAC changes and forged transmits (VMware, Hyper-V) with use_vmac.',
  })

const messages = {
  drops: cloud((d) => `${d.platform} does not deliver multicast between machines.`),
  'may-drop': cloud(
    (d) => `Virtual switches such as those of ${d.platform} often do not deliver multicast, or not the protocol VRRP.`,
  ),
}

const reasons = {
  'no-multicast': (_: Record<string, never>) => 'no two nodes share an instance that uses multicast',
  'bare-metal': (_: Record<string, never>) => 'the nodes are no virtual machines',
  'platform-unseen': (_: Record<string, never>) => 'whether the nodes are virtual machines was not seen',
  'cannot-tell': (d: { instance: string }) => `whether the nodes of ${d.instance} hear each other was not seen`,
  'filter-open': (d: { instance: string }) =>
    `the nodes of ${d.instance} do not hear each other; a packet filter of their own was not ruled out`,
  'vrid-differs': (d: { instance: string }) => `the nodes of ${d.instance} have different virtual_router_ids`,
}

const LOG = 'journalctl -u keepalived -n 300 --no-pager'

export const cloudNoMulticast = caseCheck({
  id: 'cloud-no-multicast',
  title: 'Multicast VRRP is used only where multicast gets through',
  category: 'keepalived',
  severity: 'critical',
  stage: 'vrrp',
  why: 'Most clouds drop multicast, and many drop packets from addresses a machine does not own. Adverts never arrive, every node becomes MASTER, and the VIP works for some clients or none.',
  links: [
    'https://github.com/acassen/keepalived/issues/97',
    'https://github.com/acassen/keepalived/issues/1367',
    'https://github.com/acassen/keepalived/issues/893',
  ],
  explains: ['vrrp-lost-in-network', 'cap-two-masters', 'dual-vip'],
  on: 'director',
  atLeast: 1,
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run(views, view) {
    const hosts = views.map(({ host }) => host)
    const routers = sharedRouters(hosts).filter(({ speakers }) => speakers.every((s) => !effectiveVrrp(s).unicast))
    if (routers.length === 0) return notApplicable(reasons, 'no-multicast', {}, confLines(hosts))
    const claims: Claim[] = []
    const looked: Cite[] = []
    let open: { reason: keyof typeof reasons; instance: string; at: readonly Cite[]; ask: string } | undefined
    for (const router of routers) {
      const { name: instance, speakers } = router
      const platforms = speakers.flatMap(({ host }) => platformOf(host.facts) ?? [])
      const at = speakers.map((speaker) => speaker.instance.at)
      const heard = hearing(router, view)
      const virtual = platforms.filter(({ multicast }) => multicast !== 'passes')
      if (heard.is === 'heard') looked.push(...heard.lines)
      else if (platforms.length < speakers.length)
        open ??= { reason: 'platform-unseen', instance, at, ask: 'systemd-detect-virt' }
      else if (virtual.length === 0)
        open ??= { reason: 'bare-metal', instance, at: platforms.map((p) => p.at), ask: '' }
      else if (heard.is === 'unknown') open ??= { reason: 'cannot-tell', instance, at, ask: LOG }
      else if (new Set(speakers.map((s) => s.instance.vrid?.value)).size > 1)
        open ??= { reason: 'vrid-differs', instance, at, ask: '' }
      else if (
        !speakers.every((s) => letsAdvertsPass(s.host.facts, advertsTo(s.host, hosts), advertsFrom(s.host, hosts)))
      )
        open ??= { reason: 'filter-open', instance, at: heard.lines, ask: 'iptables-save -c' }
      else {
        const sure = virtual.find(({ multicast }) => multicast === 'drops')
        const platform = (sure ?? virtual[0])?.name ?? ''
        const names = speakers.map(({ host }) => host.names[0]).join(' and ')
        const rest: Omit<Claim, 'message' | 'data'> = {
          cites: [heard.lines[0], ...heard.lines.slice(1), ...virtual.map((one) => one.at)],
          steps: speakers.map(({ host }) => reloadKeepalived(host.id, 'moves-traffic')),
          verify: "timeout 5 tcpdump -nn -i any 'ip proto 112'   # on each node: adverts of the MASTER alone",
          about: aboutRouter(router),
          severity: sure ? 'critical' : 'warning',
          proof: 'inferred',
        }
        claims.push(claim(messages, sure ? 'drops' : 'may-drop', { instance, hosts: names, platform }, rest))
      }
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (open && isNonEmpty(open.at)) {
      if (open.reason === 'bare-metal') return notApplicable(reasons, 'bare-metal', {}, open.at)
      return undecided(reasons, open.reason, { instance: open.instance }, open.at, open.ask === '' ? [] : [open.ask])
    }
    return isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'no-multicast', {}, confLines(hosts))
  },
})
