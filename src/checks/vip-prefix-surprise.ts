/** `10.0.0.100/16` on a network that is a /24: the address brings a route of its own. */
import { subnetWith } from '../kernel/same-subnet.ts'
import { isIpv4 } from '../lib/ip.ts'
import { shellWord } from '../lib/shell.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { plannedVips } from '../topology/conf-devices.ts'
import { isComplete, MAIN_CONF } from '../topology/keepalived-files.ts'

type Prefix = { host: string; vip: string; instance: string; dev: string; prefix: number; net: number }

const differs = (what: (d: Prefix) => string) =>
  ailment<Prefix>({
    title: (d) => `${d.vip}/${d.prefix} on ${d.host}: the network on ${d.dev} is a /${d.net}`,
    text: (d) => `keepalived adds the address with the length that is written there. ${what(d)}`,
    fix: (d) =>
      `Write ${d.vip} without a length (that is /32), or ${d.vip}/${d.net}, in ${d.instance} on every node; both are fine on a director.`,
  })

const messages = {
  'too-wide': differs(
    (d) =>
      `With the VIP comes a route for its whole /${d.prefix} on ${d.dev}: hosts outside the /${d.net} that were reached through the gateway are then asked for by ARP and not found, on the MASTER alone.`,
  ),
  'too-narrow': differs(
    (d) =>
      `A /${d.prefix} inside the /${d.net} brings a second, narrower route on ${d.dev}, and packets to that part have the VIP as source address while this node is MASTER.`,
  ),
}

const reasons = {
  'no-vip': (_: Record<string, never>) => 'no IPv4 VIP with a device is configured',
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
  'not-listed': (d: { dev: string }) => `${d.dev} is not among the interfaces`,
}

export const vipPrefixSurprise = hostCheck({
  id: 'vip-prefix-surprise',
  title: 'VIPs are a /32 or have the length of their network',
  category: 'keepalived',
  severity: 'warning',
  stage: 'config',
  why: 'A VIP without a length is a /32, which is right. Another length than that of the network gives the MASTER a route that the BACKUP does not have: a part of the network is unreachable, or is reached with the VIP as source.',
  links: ['https://github.com/acassen/keepalived/issues/2198'],
  explains: [],
  on: 'director',
  needs: { keepalived: 'part', links: 'whole' },
  messages,
  reasons,
  run({ id, name, keepalived: conf, links }, { kase }) {
    const claims: Claim[] = []
    const looked: Cite[] = []
    let unlisted: { dev: string; at: Cite } | undefined
    for (const { instance, vip, dev } of plannedVips(conf.value)) {
      const { ip, prefix, at } = vip
      if (!isIpv4(ip)) continue
      looked.push(at)
      if (prefix === undefined || prefix === 32) continue
      const link = links.value.links.find((candidate) => candidate.name === dev)
      if (link === undefined) {
        unlisted ??= { dev, at }
        continue
      }
      // A VIP outside the networks of the interface makes a network of its own: there is nothing to differ from.
      const subnet = subnetWith(link, ip)
      if (subnet === undefined || subnet.prefix === prefix) continue
      const wide = prefix < subnet.prefix
      const data = { host: name, vip: ip, instance: instance.name, dev, prefix, net: subnet.prefix }
      claims.push(
        claim(messages, wide ? 'too-wide' : 'too-narrow', data, {
          cites: [at, subnet.at],
          steps: [reloadKeepalived(id, 'moves-traffic')],
          verify: `ip -o -4 addr show dev ${shellWord(dev)} to ${ip}   # on the MASTER: /32 or /${subnet.prefix}`,
          about: { hosts: [id], vips: [ip], instances: [instance.name] },
          severity: wide ? 'warning' : 'note',
          proof: 'inferred',
        }),
      )
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (unlisted) return undecided(reasons, 'not-listed', { dev: unlisted.dev }, [unlisted.at], ['ip addr'])
    if (!isComplete(conf, kase)) return undecided(reasons, 'incomplete', {}, conf.from, [`cat ${MAIN_CONF}`])
    return isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'no-vip', {}, conf.from)
  },
})
