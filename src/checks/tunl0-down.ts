/** No IPIP device that is up: the kernel of the real server does not unpack what the director sends through the tunnel. */
import { ailment, type Claim, claim, fail, hostCheck, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import type { Link } from '../model/facts.ts'
import { setSysctl } from '../model/fix.ts'
import { addressOn, isTunnelLink } from '../topology/addresses.ts'
import { servedVips } from '../topology/faces.ts'
import { idleNote, idlenessOf } from '../topology/idle-servers.ts'
import { bindVip } from '../topology/vip-fix.ts'

type Tunnel = { host: string; vip: string; dev: string; idle: boolean }

const messages = {
  'no-device': ailment<Tunnel>({
    title: (d) => `${d.host} has no IPIP device`,
    text: (d) =>
      `The director sends packets for ${d.vip} to ${d.host} inside IPIP (IP protocol 4). Without tunl0 nothing unpacks them: ${d.host} answers "protocol 4 unreachable", and the client gets "protocol unreachable" from the VIP.${idleNote(d)}`,
    fix: (d) => `Load the ipip module on ${d.host}, bring tunl0 up and put ${d.vip}/32 on it.`,
  }),
  'device-down': ailment<Tunnel>({
    title: (d) => `${d.dev} of ${d.host} is down`,
    text: (d) =>
      `The director sends packets for ${d.vip} to ${d.host} inside IPIP (IP protocol 4). A tunnel device that is down unpacks nothing: ${d.host} answers "protocol 4 unreachable", and the client gets "connection refused".${idleNote(d)}`,
    fix: (d) => `Bring ${d.dev} up on ${d.host} and make it come up at boot.`,
  }),
}

const reasons = {
  'state-unseen': (d: { dev: string }) => `nothing shows whether ${d.dev} is up`,
  'listing-cut': (d: { host: string }) => `no IPIP device of ${d.host} was shown, and not all of its interfaces were`,
  'other-tunnel': (d: { dev: string }) =>
    `tunl0 takes nothing; whether ${d.dev} takes what the director sends depends on its end points and the kind of tunnel`,
  'nothing-served': (d: { host: string }) => `${d.host} serves no VIP by TUN that is known`,
}

export const tunl0Down = hostCheck({
  id: 'tunl0-down',
  title: 'Real servers behind a tunnel have an IPIP device that is up',
  category: 'address',
  severity: 'critical',
  stage: 'real-server',
  why: 'In TUN mode the director wraps each packet into another one addressed to the real server. Only an IPIP device that is up unpacks it. tunl0 appears with the ipip module and is down at first; after a reboot nothing brings it up by itself.',
  links: ['http://www.austintek.com/LVS/LVS-HOWTO/HOWTO/LVS-HOWTO.LVS-Tun.html'],
  explains: ['cap-proto4-unreachable', 'rs-vip-missing', 'cap-syn-unanswered', 'one-rs-bad'],
  on: 'real-server',
  modes: ['TUN'],
  needs: { links: 'part' },
  messages,
  reasons,
  run(host, view) {
    const { links } = host
    const served = servedVips(view.topology, host.host, ['TUN'])
    const [first] = served
    if (first === undefined)
      return undecided(reasons, 'nothing-served', { host: host.name }, links.from, ['ipvsadm -Ln'])
    const devices = links.value.links.filter(isTunnelLink)
    const claims: Claim[] = []
    const looked: Cite[] = []
    for (const { vip, service } of served) {
      const works = devices.find((link) => takes(link, vip))
      if (works !== undefined) {
        looked.push(works.at)
        continue
      }
      const unclear = devices.find(({ flags }) => flags.length === 0)
      if (unclear) return undecided(reasons, 'state-unseen', { dev: unclear.name }, [unclear.at], ['ip -d link'])
      const down = devices.find(({ name }) => name === 'tunl0') ?? devices.find((link) => addressOn(link, vip))
      const other = links.value.links.find((link) => isUp(link) && (isTunnelLink(link) || isOtherTunnel(link)))
      if (other) return undecided(reasons, 'other-tunnel', { dev: other.name }, [other.at], ['ip -d link'])
      if (down === undefined && !links.whole)
        return undecided(reasons, 'listing-cut', { host: host.name }, links.from, ['ip addr'])
      const said = service.servers.find((server) => server.host === host.id)?.said[0].at ?? service.from[0]
      const dev = down?.name ?? 'tunl0'
      const { idle, lines, severity } = idlenessOf(view.topology, view.kase.hosts, host.id, vip)
      claims.push(
        claim(
          messages,
          down === undefined ? 'no-device' : 'device-down',
          { host: host.name, vip, dev, idle },
          {
            cites: down === undefined ? [said, links.from[0], ...lines] : [down.at, said, ...lines],
            severity,
            steps: [
              setSysctl(host.id, { 'net.ipv4.conf.all.arp_ignore': 1, 'net.ipv4.conf.all.arp_announce': 2 }),
              bindVip(host.id, vip, dev, { tunnel: true }),
              setSysctl(host.id, { 'net.ipv4.conf.all.rp_filter': 0, [`net.ipv4.conf.${dev}.rp_filter`]: 0 }),
            ],
            verify: `ip -d link show ${dev}   # shows UP and ipip`,
            about: { hosts: [host.id], vips: [vip] },
            proof: 'inferred',
          },
        ),
      )
    }
    return isNonEmpty(claims) ? fail(claims) : pass(isNonEmpty(looked) ? looked : links.from)
  },
})

const isUp = ({ flags }: Link): boolean => flags.includes('UP')

/** tunl0 takes IPIP from anywhere; another device is meant for it where it has the VIP (`local RIP remote any`). */
function takes(link: Link, vip: string): boolean {
  return isUp(link) && (link.name === 'tunl0' || addressOn(link, vip) !== undefined)
}

/** IPVS can use GUE and GRE as well (`ipvsadm --tun-type`), and IPv6 outside. */
const OTHER = /^(?:gre|gretap|ip6gre|sit|ip6tnl|tunnel6?|ipip6)$/
const isOtherTunnel = ({ type, kind }: Link): boolean => OTHER.test(type ?? '') || OTHER.test(kind ?? '')
