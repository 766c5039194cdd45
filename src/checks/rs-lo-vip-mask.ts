/** The VIP on lo with a whole network's mask: the real server takes every address of that network for its own. */
import { type Routed, route } from '../kernel/route.ts'
import { cidrOf, isIpv4 } from '../lib/ip.ts'
import { shellWord } from '../lib/shell.ts'
import type { Host } from '../model/case.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { isBroadcastLink } from '../topology/addresses.ts'
import { placesOf, servedVips } from '../topology/faces.ts'
import { ownNetwork, reachedIn } from '../topology/reached.ts'

type Mask = { host: string; vip: string; prefix: number; net: string; dev: string; lost: string }

const messages = {
  'network-is-local': ailment<Mask>({
    title: (d) => `${d.vip} is on ${d.dev} of ${d.host} as /${d.prefix} instead of /32`,
    text: (d) =>
      `An address on a loopback makes its whole network local: ${d.host} takes all of ${d.net} for itself and reaches nobody in it${d.lost === '' ? '. Nobody of the cluster is known to live there, so it may not have bitten yet' : `, ${d.lost} included`}.`,
    fix: (d) => `Give ${d.vip} the mask 255.255.255.255 (/32) on ${d.dev}.`,
  }),
  'network-behind-device': ailment<Mask>({
    title: (d) => `${d.vip} is on ${d.dev} of ${d.host} as /${d.prefix}, which draws ${d.net} there`,
    text: (d) =>
      `The mask makes a route to ${d.net} through ${d.dev}, and that one wins: packets to ${d.lost} go into ${d.dev} and are lost.`,
    fix: (d) => `Give ${d.vip} the mask 255.255.255.255 (/32) on ${d.dev}.`,
  }),
}

const reasons = {
  'not-hidden': (d: { host: string }) => `no VIP on a lo, dummy or tunnel device of ${d.host}`,
  'listing-cut': (d: { host: string }) => `nothing shows that the addresses of ${d.host} are all there`,
  'route-unknown': (d: { net: string; dev: string }) =>
    `cannot tell whether packets to ${d.net} leave by ${d.dev}, where the mask of the VIP makes a route`,
}

const ASK = ['ip route show table all', 'ip rule']

export const rsLoVipMask = hostCheck({
  id: 'rs-lo-vip-mask',
  title: 'The hidden VIP of a real server is a /32',
  category: 'address',
  severity: 'critical',
  stage: 'real-server',
  why: 'On a loopback interface the kernel makes every address of the network local, not just the one that was given. A real server with VIP/24 on lo takes its gateway and the clients of that network for itself, and its answers never leave.',
  links: ['http://www.austintek.com/LVS/LVS-HOWTO/HOWTO/LVS-HOWTO.ipvsadm.html'],
  explains: ['cap-syn-unanswered', 'syn-recv-stuck', 'rs-weight-zero', 'one-rs-bad'],
  on: 'real-server',
  modes: ['DR', 'TUN'],
  needs: { links: 'part' },
  messages,
  reasons,
  run(host, view) {
    const { links } = host
    const claims: Claim[] = []
    const looked: Cite[] = []
    const cluster = { host: host.host, hosts: view.kase.hosts, topology: view.topology }
    for (const { vip, service } of servedVips(view.topology, host.host).filter((served) => isIpv4(served.vip))) {
      for (const { link, address } of placesOf(links.value, vip).filter((place) => !isBroadcastLink(place.link))) {
        looked.push(address.at)
        const net = cidrOf(vip, address.prefix)
        if (address.prefix >= 32 || net === undefined) continue
        const reached = reachedIn(net, { ...cluster, service })
        const loopback = link.flags.includes('LOOPBACK') || link.name === 'lo'
        const ways = reached.map(({ ip }) => wayTo(ip, vip, host.host))
        const wrong = ways.find((way) => way?.dev === link.name)
        if (!loopback && wrong === undefined) {
          const sure = isNonEmpty(ways) && ways.every((way) => way !== undefined && way.is !== 'unknown')
          if (sure) continue
          return undecided(reasons, 'route-unknown', { net, dev: link.name }, [address.at], ASK)
        }
        const lost =
          reached
            .slice(0, 3)
            .map(({ what }) => what)
            .join(', ') || ownNetwork(links.value, vip, net)
        const data = { host: host.name, vip, prefix: address.prefix, net, dev: link.name, lost }
        const proof = loopback ? ways.find((way) => way?.is === 'local')?.at : wrong?.at
        const dev = shellWord(link.name)
        const replace = `ip addr del ${vip}/${address.prefix} dev ${dev} && ip addr add ${vip}/32 dev ${dev}`
        claims.push(
          claim(messages, loopback ? 'network-is-local' : 'network-behind-device', data, {
            cites: [address.at, ...(proof === undefined ? [] : [proof])],
            steps: [runStep(host.id, replace, 'safe')],
            verify: `ip route get ${reached[0]?.ip ?? net.replace(/\.\d+\/\d+$/, '.1')}   # must not say "local" or "dev ${link.name}"`,
            about: { hosts: [host.id], vips: [vip] },
            ...(loopback && lost !== '' ? {} : { severity: 'warning' as const }),
            proof: 'inferred',
          }),
        )
      }
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (!links.whole) return undecided(reasons, 'listing-cut', { host: host.name }, links.from, ['ip addr'])
    return isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'not-hidden', { host: host.name }, links.from)
  },
})

/** undefined: the routes are not known, or not all of them. */
function wayTo(ip: string, vip: string, { facts }: Host): Routed | undefined {
  const { routes, policyRules, links } = facts
  if (routes.state === 'missing' || links.state === 'missing' || !routes.whole) return undefined
  const rules = policyRules.state === 'known' ? policyRules.value : undefined
  return route(routes.value, rules, { src: vip, dst: ip }, links.value)
}
