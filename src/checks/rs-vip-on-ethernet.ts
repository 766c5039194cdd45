/** The VIP on a real server's Ethernet interface: arp_ignore 1 allows that interface to answer for it. */
import { answersArp } from '../kernel/arp.ts'
import { speaksArp } from '../kernel/arp-hosts.ts'
import { arpRulesHide } from '../kernel/arp-rules.ts'
import { isIpv4 } from '../lib/ip.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { setSysctl } from '../model/fix.ts'
import { hearsVip, placesOf, servedVips } from '../topology/faces.ts'
import { bindVip, removeVip } from '../topology/vip-fix.ts'

type OnWire = { host: string; vip: string; dev: string; hide: string }

const messages = {
  'on-the-wire': ailment<OnWire>({
    title: (d) => `${d.host} has the VIP ${d.vip} on ${d.dev}`,
    text: (d) =>
      `${d.vip} is on ${d.dev}, where neighbours ask for it. arp_ignore 1 only hides addresses of other interfaces, so ${d.host} answers for the VIP beside the director and takes its clients.`,
    fix: (d) => `Move ${d.vip} from ${d.dev} to ${d.hide} as /32.`,
  }),
}

const reasons = {
  'vip-not-here': (d: { host: string }) => `no VIP on ${d.host}`,
  'is-director': (d: { host: string; vip: string; dev: string }) =>
    `${d.host} is a director too: as MASTER it has ${d.vip} on ${d.dev}, as it should`,
  'maybe-director': (d: { host: string; vip: string; dev: string }) =>
    `${d.host} has ${d.vip} on ${d.dev}; cannot tell whether it is a director too`,
  'listing-cut': (d: { host: string }) => `nothing shows that the addresses of ${d.host} are all there`,
  'link-unknown': (d: { dev: string; vip: string }) =>
    `cannot tell whether ${d.dev} is in the network where ${d.vip} is asked for`,
  'arptables-unclear': (d: { vip: string }) => `an arptables rule may hide ${d.vip}`,
}

export const rsVipOnEthernet = hostCheck({
  id: 'rs-vip-on-ethernet',
  title: 'Real servers have the VIP on lo, dummy or a tunnel, not on Ethernet',
  category: 'arp',
  severity: 'critical',
  stage: 'arp',
  why: 'arp_ignore 1 answers for an address only on the interface that has it. With the VIP on eth0, a bond or a VLAN of a real server that is the very interface where clients and the router ask, so the sysctls do not help.',
  links: ['https://docs.kernel.org/networking/ip-sysctl.html'],
  explains: ['rs-arp-ignore-missing', 'arp-two-macs', 'arp-vip-is-rs-mac', 'arp-vip-mac-changed', 'one-rs-bad'],
  on: 'real-server',
  modes: ['DR', 'TUN'],
  needs: { links: 'part' },
  messages,
  reasons,
  run(host, view) {
    const { links } = host
    const sysctl = host.fact('sysctl')
    const claims: Claim[] = []
    const looked: Cite[] = []
    for (const { vip, service } of servedVips(view.topology, host.host).filter((served) => isIpv4(served.vip))) {
      for (const { link, address } of placesOf(links.value, vip)) {
        const { name: dev } = link
        const at = [address.at] as const
        const data = { host: host.name, vip, dev }
        looked.push(address.at)
        if (!speaksArp(link)) continue
        if (host.host.roles.director.is === 'yes') return notApplicable(reasons, 'is-director', data, at)
        // arp_ignore 8 answers nobody; every other value answers here.
        const known = sysctl.state === 'known' && { links: links.value, sysctl: sysctl.value }
        if (known && answersArp(known, { target: vip, in: dev }).answers === 'no') continue
        const near = address.prefix < 32 ? 'yes' : hearsVip(link, vip, host.host, service, view.kase.hosts)
        // `ip -o addr` prints no flags: a device with the VIP alone may be a dummy of any name.
        const maybeDummy = link.flags.length === 0 && link.addresses.every(({ ip }) => ip === vip)
        const hidden = arpRulesHide(host.fact('arptables'), vip, dev)
        if (near === 'no' || hidden === 'yes') continue
        if (host.host.roles.director.is === 'unknown')
          return undecided(reasons, 'maybe-director', data, at, ['ps axww', 'ipvsadm -Ln'])
        if (hidden === 'unknown') return undecided(reasons, 'arptables-unclear', { vip }, at, ['arptables -L -n'])
        if (near === 'unknown' || maybeDummy) return undecided(reasons, 'link-unknown', { dev, vip }, at, ['ip addr'])
        const tunnel = service.servers.some((server) => server.host === host.id && server.mode === 'TUN')
        const hide = tunnel ? 'tunl0' : 'lo'
        claims.push(
          claim(
            messages,
            'on-the-wire',
            { ...data, hide },
            {
              cites: [address.at, link.at],
              steps: [
                setSysctl(host.id, { 'net.ipv4.conf.all.arp_ignore': 1, 'net.ipv4.conf.all.arp_announce': 2 }),
                removeVip(host.id, link, address),
                bindVip(host.id, vip, hide, tunnel ? { tunnel } : {}),
              ],
              verify: `arping -c 3 ${vip}   # from another host of the network: only the director answers`,
              about: { hosts: [host.id], vips: [vip] },
              proof: 'inferred',
            },
          ),
        )
      }
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (!links.whole) return undecided(reasons, 'listing-cut', { host: host.name }, links.from, ['ip addr'])
    return isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'vip-not-here', { host: host.name }, links.from)
  },
})
