/** Two nodes with the same VIP and different virtual_router_id are two virtual routers: both are MASTER, and no log says so. */
import { ailment, type Claim, caseCheck, claim, fail, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { MAIN_CONF } from '../topology/keepalived-files.ts'
import { aboutRouter, allComplete, confLines, pairsOf, sharedRouters } from '../topology/router-pairs.ts'
import type { Speaker } from '../topology/vrrp.ts'
import { agreeByLog } from '../topology/vrrp-health.ts'

const messages = {
  'same-vip': ailment<{ vip: string; a: string; b: string; vridA: number; vridB: number; latent: boolean }>({
    title: (d) => `${d.a} and ${d.b} use different virtual_router_id for ${d.vip}`,
    text: (d) =>
      `${d.a} has ${d.vridA}, ${d.b} has ${d.vridB}. keepalived passes over adverts of a foreign id without a word in the log, ${d.latent ? 'so both become MASTER as soon as the files are read again; by the logs the running daemons still agree.' : 'so each node hears nobody, and both become MASTER.'}`,
    fix: (d) => `Set the same virtual_router_id, free on this network, for ${d.vip} on every node, then reload.`,
  }),
}

const reasons = {
  alone: (_: Record<string, never>) => 'no two nodes share a virtual IP address or an instance',
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
}

export const vridMismatch = caseCheck({
  id: 'vrid-mismatch',
  title: 'The nodes of an instance use the same virtual_router_id',
  category: 'keepalived',
  severity: 'critical',
  stage: 'vrrp',
  why: 'The virtual_router_id is what makes adverts belong together. With different ones two nodes hold the same VIP at once, each certain to be alone, and neither logs anything.',
  links: ['https://github.com/acassen/keepalived/issues/1398'],
  explains: ['cap-two-masters', 'dual-vip', 'arp-two-macs', 'arp-vip-mac-changed'],
  on: 'director',
  atLeast: 2,
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run(views, { kase }) {
    const hosts = views.map(({ host }) => host)
    const routers = sharedRouters(hosts)
    const claims: Claim[] = []
    for (const router of routers) {
      for (const [a, b] of pairsOf(router)) {
        const vridA = a.instance.vrid
        const vridB = b.instance.vrid
        const vip = commonVip(a, b)
        if (!vridA || !vridB || vridA.value === vridB.value || !vip) continue
        const latent = agreeByLog(router.speakers)
        const names = { a: a.host.names[0], b: b.host.names[0], vridA: vridA.value, vridB: vridB.value }
        claims.push(
          claim(
            messages,
            'same-vip',
            { vip: vip.ip, ...names, latent },
            {
              cites: [vridA.at, vridB.at, ...vip.lines],
              steps: [a, b].map(({ host }) => reloadKeepalived(host.id, 'moves-traffic')),
              verify: 'tcpdump -nn -i any -c 5 vrrp   # one source, one vrid',
              about: aboutRouter(router),
              severity: latent ? 'warning' : 'critical',
              proof: 'inferred',
            },
          ),
        )
      }
    }
    if (isNonEmpty(claims)) return fail(claims)
    const looked = confLines(hosts)
    if (!allComplete(hosts, kase)) return undecided(reasons, 'incomplete', {}, looked, [`cat ${MAIN_CONF}`])
    return routers.length > 0 ? pass(looked) : notApplicable(reasons, 'alone', {}, looked)
  },
})

function commonVip(a: Speaker, b: Speaker): { ip: string; lines: readonly Cite[] } | undefined {
  const ofB = new Map(b.instance.vips.map((vip) => [vip.ip, vip.at]))
  const vip = a.instance.vips.find(({ ip }) => ofB.has(ip))
  const other = vip && ofB.get(vip.ip)
  return vip && other && { ip: vip.ip, lines: [vip.at, other] }
}
