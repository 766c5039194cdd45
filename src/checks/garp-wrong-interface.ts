/** A VIP of one network on the interface of another: nobody who asks for it is there. */
import { subnetWith } from '../kernel/same-subnet.ts'
import { isIpv4 } from '../lib/ip.ts'
import { shellWord } from '../lib/shell.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { plannedVips } from '../topology/conf-devices.ts'
import { arpLinks } from '../topology/faces.ts'
import { isComplete, MAIN_CONF } from '../topology/keepalived-files.ts'

type Wrong = { host: string; vip: string; instance: string; dev: string; right: string; net: string }

const messages = {
  'other-line': ailment<Wrong>({
    title: (d) => `${d.vip} goes on ${d.dev} of ${d.host}, but its network is on ${d.right}`,
    text: (d) =>
      `${d.net} is on ${d.right}. With the VIP on ${d.dev}, the gratuitous ARP of a failover is sent into another network, and the hosts beside ${d.right} keep the MAC of the old MASTER.`,
    fix: (d) =>
      `Write "${d.vip} dev ${d.right}" in ${d.instance} on every node. "garp_extra_if all 100" in the instance (2.2.7 and later) repeats the announcement on its other interfaces.`,
  }),
}

const reasons = {
  'no-vip': (_: Record<string, never>) => 'no IPv4 VIP with a device is configured',
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
  'not-listed': (d: { dev: string }) => `${d.dev} is not among the interfaces`,
}

export const garpWrongInterface = hostCheck({
  id: 'garp-wrong-interface',
  title: 'Every VIP goes on the interface of its own network',
  category: 'keepalived',
  severity: 'critical',
  stage: 'config',
  why: 'Without "dev", keepalived puts a VIP on the interface of its instance. On a director with several lines or VLANs that can be the wrong one: after a failover the neighbours of the right one are never told where the VIP is now.',
  links: ['https://www.keepalived.org/manpage.html'],
  explains: ['garp-lost', 'arp-stale-after-failover', 'arp-vip-unanswered', 'cap-garp-missing'],
  on: 'director',
  needs: { keepalived: 'part', links: 'whole' },
  messages,
  reasons,
  run({ id, name, keepalived: conf, links }, { kase }) {
    const claims: Claim[] = []
    const looked: Cite[] = []
    let unlisted: { dev: string; at: Cite } | undefined
    for (const { instance, vip, dev } of plannedVips(conf.value)) {
      if (!isIpv4(vip.ip)) continue
      const own = links.value.links.find((link) => link.name === dev)
      if (own === undefined) {
        unlisted ??= { dev, at: vip.at }
        continue
      }
      looked.push(vip.at, own.at)
      // A bond or bridge that has taken the interface over is another finding.
      if (own.master !== undefined || subnetWith(own, vip.ip)) continue
      for (const link of arpLinks(links.value)) {
        const subnet = link === own ? undefined : subnetWith(link, vip.ip)
        if (subnet === undefined) continue
        const net = `${subnet.ip}/${subnet.prefix}`
        const data = { host: name, vip: vip.ip, instance: instance.name, dev, right: link.name, net }
        claims.push(
          claim(messages, 'other-line', data, {
            cites: [vip.at, subnet.at, ...(vip.dev === undefined && instance.interface ? [instance.interface.at] : [])],
            steps: [reloadKeepalived(id, 'moves-traffic')],
            verify: `ip -o addr show dev ${shellWord(link.name)} to ${vip.ip}   # on the MASTER: prints the VIP`,
            about: { hosts: [id], vips: [vip.ip], instances: [instance.name] },
            proof: 'inferred',
          }),
        )
        break
      }
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (unlisted) return undecided(reasons, 'not-listed', { dev: unlisted.dev }, [unlisted.at], ['ip addr'])
    if (!isComplete(conf, kase)) return undecided(reasons, 'incomplete', {}, conf.from, [`cat ${MAIN_CONF}`])
    return isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'no-vip', {}, conf.from)
  },
})
