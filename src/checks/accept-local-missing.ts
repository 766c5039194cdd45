/** A DR real server whose gateway is the director: its answers carry the director's own VIP as source, and are dropped there. */
import { askers } from '../kernel/askers.ts'
import { forwards } from '../kernel/forwarding.ts'
import { defaultRoute } from '../kernel/route-fix.ts'
import { reversePath } from '../kernel/rp-filter.ts'
import { ANY_CLIENT } from '../kernel/towards.ts'
import { gatewaysIn } from '../kernel/uplinks.ts'
import { wayBack, wholeRules } from '../kernel/way-back.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { addressOn } from '../topology/addresses.ts'
import { servedVips } from '../topology/faces.ts'

type Dropped = { host: string; director: string; gateway: string; vip: string; local: boolean }

const messages = {
  'director-drops-answers': ailment<Dropped>({
    title: (d) => `${d.host} answers through the director ${d.director}, which drops packets from ${d.vip}`,
    text: (d) =>
      `The gateway of ${d.host} is ${d.gateway}, an address of ${d.director}. In DR its answers have the VIP as source. ` +
      (d.local
        ? `${d.director} has ${d.vip} itself, and the kernel drops what comes from outside with an own address as source (accept_local is 0).`
        : `${d.director} does not forward what comes in there.`),
    fix: (d) => `Give ${d.host} a gateway that is not the director, as DR wants it.`,
  }),
}

const reasons = {
  'no-dr-vip': (_: Record<string, never>) => 'no VIP is served here in DR mode',
  'route-unknown': (d: { vip: string }) => `by which gateway answers from ${d.vip} leave is not known`,
  'director-unseen': (d: { gateway: string }) =>
    `what the director does with answers that come to ${d.gateway} was not all seen`,
}

export const acceptLocalMissing = hostCheck({
  id: 'accept-local-missing',
  title: 'DR real servers do not answer through a director that drops it',
  category: 'sysctl',
  severity: 'critical',
  stage: 'return',
  why: 'Who turns a NAT set-up into DR often leaves the director as gateway of the real servers. The requests arrive, the answers come back to the director, and there the kernel takes them for a forgery of its own address.',
  links: ['https://docs.kernel.org/networking/ip-sysctl.html'],
  explains: ['cap-syn-unanswered', 'syn-recv-stuck', 'one-rs-bad'],
  on: 'real-server',
  modes: ['DR'],
  needs: { routes: 'part' },
  messages,
  reasons,
  run({ id, name, host, routes }, { kase: { topology, hosts } }) {
    const looked: Cite[] = []
    const claims: Claim[] = []
    let unknown: { gateway: string; at: Cite } | undefined
    const served = servedVips(topology, host, ['DR']).filter(({ vip }) => !vip.includes(':'))
    for (const { vip, service } of served) {
      const client = askers(topology, hosts, vip)[0]?.ip ?? ANY_CLIENT
      const way = wayBack(host.facts, { src: vip, dst: client })
      if (way.is === 'unknown') return undecided(reasons, 'route-unknown', { vip }, routes.from, way.ask)
      const { via: gateway, at = routes.from[0] } = way.routed
      looked.push(at)
      if (gateway !== undefined && service.directors.length === 0) unknown ??= { gateway, at }
      for (const director of hosts.filter((one) => service.directors.includes(one.id) && one.id !== id)) {
        const { links, sysctl, routes: table, policyRules } = director.facts
        if (gateway === undefined) continue
        const known = links.state === 'known' ? links.value.links : []
        const face = known.find((link) => addressOn(link, gateway) !== undefined)
        if (face === undefined && (links.state === 'missing' || !links.whole)) unknown ??= { gateway, at }
        if (face === undefined || links.state === 'missing') continue
        const unseen = { gateway }
        if (sysctl.state === 'missing' || table.state === 'missing' || !table.whole)
          return undecided(reasons, 'director-unseen', unseen, [at], ['sysctl -a', 'ip route show table all'])
        const rules = wholeRules(policyRules)
        const facts = { links: links.value, sysctl: sysctl.value, routes: table.value, ...(rules ? { rules } : {}) }
        const on = wayBack(director.facts, { src: vip, dst: client, iif: face.name })
        const out = on.is === 'known' && on.routed.dev !== undefined ? { out: on.routed.dev } : {}
        const belief = reversePath(facts, { src: vip, dst: client, in: face.name, ...out })
        const other = gatewaysIn(face, hosts).find(({ ip }) => ip !== gateway && !addressOn(face, ip))
        const passes = forwards(sysctl.value, face.name)
        const local = belief.passes === 'no' && belief.because === 'source-is-local'
        if (!local && passes.is !== 'no') {
          if (belief.passes === 'unknown' || passes.is === 'unknown')
            return undecided(reasons, 'director-unseen', unseen, [at], ['sysctl -a', 'ip route show table all'])
          continue
        }
        claims.push(
          claim(
            messages,
            'director-drops-answers',
            { host: name, director: director.names[0], gateway, vip, local },
            {
              cites: [at, ...(local ? belief.cites : passes.cites).slice(0, 2)],
              steps: [
                other ? defaultRoute(id, other.ip, gateway) : runStep(id, `ip route get ${client} from ${vip}`, 'safe'),
              ],
              verify: `ip route get ${client} from ${vip}   # not via ${director.names[0]}`,
              about: { hosts: [id, director.id], vips: [vip] },
              proof: 'inferred',
            },
          ),
        )
      }
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (unknown) return undecided(reasons, 'director-unseen', unknown, [unknown.at], ['ip addr'])
    return isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'no-dr-vip', {}, routes.from)
  },
})
