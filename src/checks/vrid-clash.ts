/** Somebody else in the network uses the same virtual_router_id: keepalived refuses him all day, or gives way to him. */
import { heardMasters } from '../kernel/wire/heard-masters.ts'
import { vridSenders } from '../kernel/wire/vrid-senders.ts'
import type { Host } from '../model/case.ts'
import { ailment, type Claim, caseCheck, claim, fail, notApplicable, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { MAIN_CONF } from '../topology/keepalived-files.ts'
import { nodeAddresses } from '../topology/outsiders.ts'
import { LOOK, linesOf } from '../topology/pair-ruling.ts'
import { aboutRouter, allComplete } from '../topology/router-pairs.ts'
import { looksAt, type Stranger } from '../topology/strangers.ts'
import type { VirtualRouter } from '../topology/vrrp.ts'

type Clash = { vrid: number; instance: string; who: string; ours: string }

const FIX = (d: Clash) =>
  `Give ${d.instance} a virtual_router_id that nobody uses, the same on all its nodes; "${LOOK}" shows those in use.`

const messages = {
  'takes-over': ailment<Clash & { priority: number }>({
    title: (d) => `${d.who} has taken virtual_router_id ${d.vrid} from ${d.ours}`,
    text: (d) =>
      `${d.who} is none of the nodes ${d.ours}, and sends adverts of id ${d.vrid} with priority ${d.priority}, more than the MASTER of ${d.instance} has. The nodes take it for their MASTER, give way, and the VIP is on none of them.`,
    fix: FIX,
  }),
  'other-vips': ailment<Clash & { vips: string }>({
    title: (d) => `${d.who} uses virtual_router_id ${d.vrid} of ${d.instance} for other VIPs`,
    text: (d) =>
      `${d.who} advertises ${d.vips} with id ${d.vrid}, which ${d.ours} use for ${d.instance}. keepalived refuses such adverts and logs one line for each; other VRRP routers may obey them.`,
    fix: FIX,
  }),
  refused: ailment<Clash & { reason: string }>({
    title: (d) => `A stranger sends adverts of virtual_router_id ${d.vrid}: ${d.who} refuses them`,
    text: (d) =>
      `keepalived on ${d.who} logs "${d.reason}", but the nodes of ${d.instance} agree with each other. So the adverts come from somebody else with the same id.`,
    fix: FIX,
  }),
  'two-clusters': ailment<Clash>({
    title: (d) => `Two clusters in one network use virtual_router_id ${d.vrid}: ${d.ours} and ${d.who}`,
    text: (d) =>
      `${d.ours} and ${d.who} have no VIP in common, but the same id and the same network. Each refuses the adverts of the others and fills its log with it.`,
    fix: FIX,
  }),
}

const reasons = {
  'no-vrid': (_: Record<string, never>) => 'no instance has a virtual_router_id',
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
  'maybe-node': (d: { ip: string }) => `${d.ip} sends adverts too; it may be a node of the cluster that was not given`,
  'not-watched': (d: { vrid: number }) => `no capture shows, for long enough, who sends adverts of id ${d.vrid}`,
}

export const vridClash = caseCheck({
  id: 'vrid-clash',
  title: 'Nobody else in the network uses the virtual_router_id',
  category: 'keepalived',
  severity: 'critical',
  stage: 'vrrp',
  why: 'There are 255 ids per network, and examples all use 51. A foreign router with the same id and a higher priority silences the cluster; one with other addresses fills its logs.',
  links: ['https://github.com/easzlab/kubeasz/issues/126', 'https://github.com/acassen/keepalived/issues/2444'],
  explains: ['no-vip-anywhere', 'cap-vrrp-vips-diff', 'cap-vrrp-auth-diff', 'cap-two-masters', 'dual-vip'],
  on: 'director',
  atLeast: 1,
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run(views, { kase }) {
    const hosts = views.map(({ host }) => host)
    const known = nodeAddresses(kase.hosts)
    const looks = looksAt(hosts, { senders, heard, known })
    const claims = looks.flatMap(({ router, vrid, strangers }) =>
      strangers.found.map((one) => claimOf(one, router, vrid)),
    )
    if (isNonEmpty(claims)) return fail(claims)
    const looked = linesOf(hosts)
    const open = looks.flatMap(({ strangers }) => strangers.maybe)[0]
    if (open) return undecided(reasons, 'maybe-node', { ip: open.ip }, [open.at], ['hostname; ip addr'])
    if (!allComplete(hosts, kase)) return undecided(reasons, 'incomplete', {}, looked, [`cat ${MAIN_CONF}`])
    const blind = looks.find(({ strangers }) => strangers.watched === undefined)
    if (blind) return undecided(reasons, 'not-watched', { vrid: blind.vrid }, looked, [LOOK])
    const watched = looks.flatMap(({ strangers }) => strangers.watched ?? [])
    return isNonEmpty(watched) ? pass(watched) : notApplicable(reasons, 'no-vrid', {}, looked)
  },
})

const heard = ({ facts }: Host) => heardMasters(facts.capture)
const senders = ({ facts }: Host, vrid: number) => vridSenders(facts.capture, vrid)

function claimOf(stranger: Stranger, router: VirtualRouter, vrid: number): Claim {
  const names = [...new Set(router.speakers.map(({ host }) => host.names[0]))].join(', ')
  const { kind, cites, ...data } = stranger
  return claim<typeof messages, typeof kind>(
    messages,
    kind,
    { vrid, instance: router.name, ours: names, ...data } as never,
    {
      cites,
      steps: router.speakers.map(({ host }) => runStep(host.id, LOOK, 'safe')),
      verify: `tcpdump -nn -v -i any -c 10 'ip proto 112'   # one source for each vrid`,
      about: aboutRouter(router),
      severity: kind === 'takes-over' ? 'critical' : 'warning',
      proof: kind === 'two-clusters' ? 'inferred' : 'direct',
    },
  )
}
