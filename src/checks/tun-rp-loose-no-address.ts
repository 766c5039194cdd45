/** Loose rp_filter on a tunnel without an address: the kernel then wants the strict way back after all, and drops. */

import { askers } from '../kernel/askers.ts'
import { reversePath } from '../kernel/rp-filter.ts'
import { setReversePath } from '../kernel/rp-fix.ts'
import { ANY_CLIENT } from '../kernel/towards.ts'
import { rulesSettled, wholeRules } from '../kernel/way-back.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { tunnelsFor } from '../topology/arrivals.ts'
import { servedVips } from '../topology/faces.ts'

type Bare = { host: string; dev: string; vip: string }

const messages = {
  'no-address': ailment<Bare>({
    title: (d) => `${d.dev} of ${d.host} has no address, so rp_filter=2 drops what comes out of it`,
    text: (d) =>
      `Loose reverse path filtering (2) accepts any source that has some route, but on an interface without an IPv4 address the kernel falls back to the strict rule. The VIP ${d.vip} is elsewhere (lo), ${d.dev} has none, and every request that leaves the tunnel is dropped in silence.`,
    fix: (d) => `Put ${d.vip}/32 on ${d.dev}, or set rp_filter to 0 for ${d.dev} and for all.`,
  }),
}

const reasons = {
  'no-tunnel': (_: Record<string, never>) => 'no tunnel that is up was shown',
  'not-seen': (_: Record<string, never>) => 'the addresses, the routes and rp_filter of the tunnel were not all seen',
}

export const tunRpLooseNoAddress = hostCheck({
  id: 'tun-rp-loose-no-address',
  title: 'A tunnel with loose rp_filter has an address',
  category: 'sysctl',
  severity: 'critical',
  stage: 'real-server',
  why: 'rp_filter=2 is the usual advice for TUN, and it works while the VIP is on the tunnel device. With the VIP on lo the device is bare, and the same value drops everything.',
  links: ['https://docs.kernel.org/networking/ip-sysctl.html'],
  explains: ['cap-syn-unanswered', 'syn-recv-stuck', 'one-rs-bad'],
  on: 'real-server',
  modes: ['TUN'],
  needs: { links: 'whole', sysctl: 'part', routes: 'whole' },
  messages,
  reasons,
  run({ id, name, host, links, sysctl, routes, fact }, { kase: { topology, hosts } }) {
    const rules = wholeRules(fact('policyRules'))
    const settled = rulesSettled(routes.value, fact('policyRules'))
    const facts = { links: links.value, sysctl: sysctl.value, routes: routes.value, ...(rules ? { rules } : {}) }
    const looked: Cite[] = []
    const claims = new Map<string, Claim>()
    let open = false
    for (const { vip } of servedVips(topology, host, ['TUN'])) {
      for (const { name: dev, at } of tunnelsFor(links.value.links, vip)) {
        const src = askers(topology, hosts, vip)[0]?.ip ?? ANY_CLIENT
        const reverse = reversePath(facts, { src, dst: vip, in: dev })
        if (reverse.passes === 'unknown' || (reverse.passes === 'no' && reverse.mode === undefined)) open = true
        looked.push(at)
        if (reverse.because !== 'no-address' || reverse.mode !== 2 || reverse.passes !== 'no') continue
        open ||= !settled
        claims.set(
          dev,
          claim(
            messages,
            'no-address',
            { host: name, dev, vip },
            {
              cites: [...(reverse.cites as readonly [Cite, ...Cite[]]), at],
              steps: [setReversePath(id, sysctl.value, ['all', dev], 0)],
              verify: `tcpdump -nn -i ${dev}   # then on eth0: a SYN-ACK follows every SYN`,
              about: { hosts: [id], vips: [vip] },
              proof: 'inferred',
            },
          ),
        )
      }
    }
    const found = [...claims.values()]
    if (isNonEmpty(found) && settled) return fail(found)
    if (open)
      return undecided(reasons, 'not-seen', {}, links.from, ['sysctl -a 2>/dev/null | grep "\\.rp_filter"', 'ip rule'])
    return isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'no-tunnel', {}, links.from)
  },
})
