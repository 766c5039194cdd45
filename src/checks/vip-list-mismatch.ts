/** The nodes of an instance advertise different addresses: up to keepalived 2.3.2 each refuses the other for it. */
import { heardMasters } from '../kernel/wire/heard-masters.ts'
import type { Host } from '../model/case.ts'
import { ailment, type Claim, caseCheck, claim } from '../model/check.ts'
import { advertisedVips, areClusters, mayHaveMore } from '../topology/advertised.ts'
import { compareReleases, releaseOf } from '../topology/keepalived-run.ts'
import { bothComplete, disputed, PAIR_REASONS, refused, rulePairs } from '../topology/pair-ruling.ts'
import { ofUnseenPeers, refusalsOf } from '../topology/refusals.ts'
import { pairsOf, sharedRouters } from '../topology/router-pairs.ts'
import type { Speaker } from '../topology/vrrp.ts'
import { agree } from '../topology/vrrp-health.ts'

type Differ = { instance: string; a: string; b: string; onlyA: string; onlyB: string; effect: keyof typeof EFFECTS }

const EFFECTS = {
  refuses: 'Up to keepalived 2.3.2 a node refuses adverts with other addresses than its own, so both become MASTER.',
  latent:
    'The running daemons still agree; once the files are read again each refuses the other and both become MASTER.',
  lenient: 'From keepalived 2.3.3 on this is only logged, but after a failover an address is missing.',
}

const messages = {
  differs: ailment<Differ>({
    title: (d) => `${d.a} and ${d.b} list different VIPs for ${d.instance}`,
    text: (d) =>
      [d.onlyA && `Only ${d.a} has ${d.onlyA}.`, d.onlyB && `Only ${d.b} has ${d.onlyB}.`, EFFECTS[d.effect]]
        .filter((part) => part !== '')
        .join(' '),
    fix: (d) =>
      `Write the same addresses into virtual_ipaddress of ${d.instance} on every node; the order does not matter.`,
  }),
  refused: ailment<{ host: string; reason: string }>({
    title: (d) => `${d.host} refuses adverts because of their VIPs`,
    text: (d) =>
      `keepalived on ${d.host} logs "${d.reason}". It hears no peer with its own list of addresses: the lists of the nodes differ, or a stranger uses the same virtual_router_id.`,
    fix: (d) => `Compare virtual_ipaddress on ${d.host} with that of its peer, and look who sends the adverts.`,
  }),
}

const VERIFY = 'tcpdump -nn -v -i any -c 5 vrrp   # one source, with every VIP behind "addrs:"'

export const vipListMismatch = caseCheck({
  id: 'vip-list-mismatch',
  title: 'The nodes of an instance list the same VIPs',
  category: 'keepalived',
  severity: 'critical',
  stage: 'vrrp',
  why: 'An advert carries the addresses of the virtual router. keepalived up to 2.3.2 drops adverts with another number of addresses or other addresses: one VIP added on one node only is a split brain for all of them.',
  links: ['https://github.com/acassen/keepalived/issues/2175', 'https://github.com/acassen/keepalived/issues/2444'],
  explains: ['cap-vrrp-vips-diff', 'cap-two-masters', 'dual-vip', 'arp-two-macs', 'arp-vip-mac-changed'],
  on: 'director',
  atLeast: 1,
  needs: {},
  messages,
  reasons: PAIR_REASONS,
  run(views, { kase }) {
    const hosts = views.map(({ host }) => host)
    const shared = sharedRouters(hosts)
    const refusals = refusalsOf(hosts, 'vips-refused')
    const different = shared.flatMap((router) =>
      areClusters(router)
        ? []
        : pairsOf(router).flatMap((pair) => (bothComplete(...pair, kase) && differ(...pair) ? [{ router, pair }] : [])),
    )
    const claims = different.map(({ router, pair }): Claim => {
      const [a, b] = pair
      const own = [lacking(a, b), lacking(b, a)] as const
      const [line, ...more] = own.flat().map(({ at }) => at)
      const listLines = pair.map(({ instance }) => instance.vipBlock ?? instance.at)
      const lines = line ? ([line, ...more, ...listLines] as const) : ([a.instance.at, ...listLines] as const)
      const healthy = agree(router.speakers, heard)
      const { latent, rest } = disputed({ router, pair, lines, refusals, healthy, verify: VERIFY })
      const lenient = pair.every(({ host }) => onlyLogs(host))
      const [onlyA = '', onlyB = ''] = own.map((list) => list.map(({ ip }) => ip).join(', '))
      const names = { instance: router.name, a: a.host.names[0], b: b.host.names[0], onlyA, onlyB }
      const effect = lenient ? 'lenient' : latent ? 'latent' : 'refuses'
      const severity = effect === 'refuses' ? 'critical' : 'warning'
      return claim(messages, 'differs', { ...names, effect }, { ...rest, severity })
    })
    const told = ofUnseenPeers(refusals, shared).map((refusal): Claim => {
      const data = { host: refusal.host.names[0], reason: refusal.reason }
      const severity = onlyLogs(refusal.host) ? 'warning' : 'critical'
      return claim(messages, 'refused', data, { ...refused(refusal, VERIFY), severity })
    })
    const doubt = shared.some(({ speakers }) => speakers.some((speaker) => mayHaveMore(speaker)))
    return rulePairs(hosts, kase, [...claims, ...told], doubt)
  },
})

const heard = ({ facts }: Host) => heardMasters(facts.capture)

/** Since 2.3.3 the adverts are accepted all the same. */
function onlyLogs(host: Host): boolean {
  return compareReleases(releaseOf(host) ?? '0', '2.3.3') >= 0
}

/** Nodes of different ids never compare their lists. */
function differ(a: Speaker, b: Speaker): boolean {
  if (a.instance.vrid?.value !== b.instance.vrid?.value || mayHaveMore(a) || mayHaveMore(b)) return false
  return advertisedVips(a).join(' ') !== advertisedVips(b).join(' ')
}

/** VIPs of `a` that `b` does not list. */
function lacking(a: Speaker, b: Speaker) {
  const listed = new Set(advertisedVips(b))
  return a.instance.vips.filter(({ ip }) => !listed.has(ip))
}
