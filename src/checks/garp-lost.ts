/** A node takes over and does not say so: neighbours go on sending to the MAC of the old MASTER. */
import { announcements, maybeMissed, type Takeover, takeovers } from '../kernel/wire/takeovers.ts'
import { shellWord } from '../lib/shell.ts'
import type { Host } from '../model/case.ts'
import {
  ailment,
  type Claim,
  claim,
  fail,
  hostCheck,
  notApplicable,
  pass,
  type Ruling,
  undecided,
} from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { advertSenders } from '../topology/advert-senders.ts'
import { type AnnouncedVip, announcedVips } from '../topology/announced-vips.ts'

type Silent = { host: string; vips: string; vrid: number; before: string; after: string }

const messages = {
  'none-on-wire': ailment<Silent>({
    title: (d) => `${d.after} took ${d.vips} over without a gratuitous ARP that ${d.host} could see`,
    text: (d) =>
      `In the capture on ${d.host} the adverts of VRID ${d.vrid} change from ${d.before} to ${d.after}, and no ARP announces ${d.vips}. Neighbours keep the MAC of ${d.before} until their entry runs out.`,
    fix: () =>
      'Set "vrrp_garp_master_refresh 60" in global_defs, so that a lost announcement is repeated; look for what drops ARP (arptables, port security, vrrp_garp_master_repeat 0). arping repairs it once.',
  }),
}

const reasons = {
  'no-takeover': (_: Record<string, never>) => 'no node takes over from another in the capture',
  'vips-unknown': (d: { vrid: number }) => `which VIPs VRID ${d.vrid} stands for was not seen`,
  'maybe-missed': (d: { why: string }) => `the takeover shows no gratuitous ARP, but ${d.why}`,
}

const ASK = ["tcpdump -nn -v -i any 'vrrp or arp'"]

export const garpLost = hostCheck({
  id: 'garp-lost',
  title: 'A node that takes over announces its VIPs by ARP',
  category: 'keepalived',
  severity: 'critical',
  stage: 'arp',
  why: 'After a failover the VIP has another MAC. The new MASTER says so by gratuitous ARP, five times at once and five times later. Where that is lost, routers and real servers send into the void until their ARP entry expires.',
  links: [
    'https://github.com/acassen/keepalived/issues/2459',
    'https://github.com/acassen/keepalived/issues/166',
    'https://github.com/acassen/keepalived/issues/893',
  ],
  explains: ['arp-stale-after-failover', 'cap-garp-missing'],
  on: 'any',
  needs: { capture: 'part' },
  messages,
  reasons,
  run({ name, capture }, { kase }) {
    const claims: Claim[] = []
    const looked: Cite[] = []
    let open: Ruling | undefined
    for (const look of [...capture.earlier, capture]) {
      for (const takeover of takeovers(look.value)) {
        const { vrid, after } = takeover
        const at = after.adverts[0].packet.at
        const vips = announcedVips(
          kase.hosts,
          vrid,
          after.ip,
          after.vips.flatMap((list) => list.split(' ')),
        )
        const heard = vips.map((vip) => ({ vip, lines: announcements(look.value, vip.ip, takeover) }))
        const silent = heard.flatMap(({ vip, lines }) => (lines.length === 0 ? [vip] : []))
        const why = maybeMissed(look, takeover)
        if (vips.length === 0) open ??= undecided(reasons, 'vips-unknown', { vrid }, [at], ASK)
        else if (silent.length === 0) looked.push(at, ...heard.flatMap(({ lines }) => lines.slice(0, 1)))
        else if (why !== undefined) open ??= undecided(reasons, 'maybe-missed', { why }, [at], ASK)
        else claims.push(claimOf(takeover, silent, name, kase.hosts))
      }
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (open) return open
    return isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'no-takeover', {}, capture.from)
  },
})

function claimOf(takeover: Takeover, vips: readonly AnnouncedVip[], host: string, hosts: readonly Host[]): Claim {
  const { vrid, before, after } = takeover
  const senders = advertSenders(hosts, vrid, [before.ip, after.ip])
  const [first] = vips
  const data = { host, vips: vips.map(({ ip }) => ip).join(', '), vrid, before: before.ip, after: after.ip }
  return claim(messages, 'none-on-wire', data, {
    cites: [after.first, before.last],
    steps: vips.flatMap(({ ip, host: node, dev }) =>
      node && dev !== undefined ? [runStep(node.id, `arping -c 3 -U -I ${shellWord(dev)} ${ip}`, 'safe')] : [],
    ),
    verify: `ip neigh show ${first?.ip ?? ''}   # on the router: the MAC of ${after.ip}`,
    about: { ...senders, vips: vips.map(({ ip }) => ip) },
    proof: 'direct',
  })
}
