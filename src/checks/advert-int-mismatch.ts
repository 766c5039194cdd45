/** VRRPv2 nodes drop adverts of another interval than their own, and become MASTER beside the one that sent them. */
import { heardMasters } from '../kernel/wire/heard-masters.ts'
import type { Host } from '../model/case.ts'
import { ailment, type Claim, caseCheck, claim } from '../model/check.ts'
import { sentInterval } from '../topology/advert-interval.ts'
import { disputed, PAIR_REASONS, refused, rulePairs } from '../topology/pair-ruling.ts'
import { ofUnseenPeers, refusalsOf } from '../topology/refusals.ts'
import { pairsOf, sharedRouters } from '../topology/router-pairs.ts'
import { effectiveVrrp, type Speaker } from '../topology/vrrp.ts'
import { agree } from '../topology/vrrp-health.ts'

type Differ = { instance: string; a: string; b: string; intervalA: number; intervalB: number; latent: boolean }

const messages = {
  differs: ailment<Differ>({
    title: (d) => `${d.a} and ${d.b} use different advert_int for ${d.instance}`,
    text: (d) =>
      `${d.a} sends every ${d.intervalA} s, ${d.b} every ${d.intervalB} s. In VRRP version 2 a node drops adverts whose interval is not its own, ` +
      (d.latent
        ? 'so both become MASTER as soon as the files are read again; the running daemons still agree.'
        : 'so each takes itself for the only one and both become MASTER.'),
    fix: (d) => `Set the same advert_int for ${d.instance} on every node, then reload.`,
  }),
  refused: ailment<{ host: string; reason: string }>({
    title: (d) => `${d.host} drops adverts because of their interval`,
    text: (d) =>
      `keepalived on ${d.host} logs "${d.reason}". In VRRP version 2 it drops such adverts, hears no peer and becomes MASTER beside it.`,
    fix: (d) => `Compare advert_int on ${d.host} with that of its peer, make them equal, then reload.`,
  }),
}

const VERIFY = "journalctl -u keepalived -n 20 | grep 'interval mismatch'   # nothing new"

export const advertIntMismatch = caseCheck({
  id: 'advert-int-mismatch',
  title: 'The nodes of an instance send adverts at the same interval',
  category: 'keepalived',
  severity: 'critical',
  stage: 'vrrp',
  why: 'VRRP version 2 requires one interval for all nodes of a virtual router. Adverts with another one are dropped, so the node with the lower priority hears nobody and takes the VIP as well: split brain.',
  links: ['https://www.rfc-editor.org/rfc/rfc3768#section-7.1', 'https://www.keepalived.org/manpage.html'],
  explains: ['cap-vrrp-intvl-diff', 'cap-two-masters', 'dual-vip', 'arp-two-macs', 'arp-vip-mac-changed'],
  on: 'director',
  atLeast: 1,
  needs: {},
  messages,
  reasons: PAIR_REASONS,
  run(views, { kase }) {
    const hosts = views.map(({ host }) => host)
    const shared = sharedRouters(hosts)
    const refusals = refusalsOf(hosts, 'interval-refused')
    const different = shared.flatMap((router) =>
      pairsOf(router).flatMap((pair) => (differ(...pair) ? [{ router, pair }] : [])),
    )
    const claims = different.map(({ router, pair }): Claim => {
      const [a, b] = pair
      const healthy = agree(router.speakers, heard)
      const lines = [lineOf(a), lineOf(b)] as const
      const { latent, rest } = disputed({ router, pair, lines, refusals, healthy, verify: VERIFY })
      const values = { intervalA: sentInterval(a), intervalB: sentInterval(b), latent }
      const names = { instance: router.name, a: a.host.names[0], b: b.host.names[0] }
      return claim(messages, 'differs', { ...names, ...values }, rest)
    })
    const told = ofUnseenPeers(refusals, shared).map((refusal): Claim => {
      const data = { host: refusal.host.names[0], reason: refusal.reason }
      return claim(messages, 'refused', data, refused(refusal, VERIFY))
    })
    return rulePairs(hosts, kase, [...claims, ...told])
  },
})

const heard = ({ facts }: Host) => heardMasters(facts.capture)

/** VRRPv3 backups take over the interval of the master; nodes of different ids or versions never compare it. */
function differ(a: Speaker, b: Speaker): boolean {
  const inV2 = [a, b].every((speaker) => effectiveVrrp(speaker).version === 2)
  return inV2 && a.instance.vrid?.value === b.instance.vrid?.value && sentInterval(a) !== sentInterval(b)
}

function lineOf({ instance }: Speaker) {
  return instance.advertInt?.at ?? instance.at
}
