/** A real server without the VIP: packets to it arrive and are nobody's. */
import { holders } from '../kernel/arp-hosts.ts'
import { redirectsVip } from '../kernel/vip-redirect.ts'
import { inCidr } from '../lib/ip.ts'
import { shellWord } from '../lib/shell.ts'
import { ailment, type Claim, claim, fail, hostCheck, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { runStep, setSysctl } from '../model/fix.ts'
import { placesOf, servedVips } from '../topology/faces.ts'
import { idleNote, idlenessOf } from '../topology/idle-servers.ts'
import { bindVip } from '../topology/vip-fix.ts'

type Missing = { host: string; vip: string; service: string; dev: string; idle: boolean }

const messages = {
  'not-here': ailment<Missing>({
    title: (d) => `${d.host} does not have the VIP ${d.vip}`,
    text: (d) =>
      `The director sends packets for ${d.service} to ${d.host} with ${d.vip} as destination, and no interface of ${d.host} has that address. The kernel drops them without a word, or sends them on when ip_forward is 1. Every client that is given this server hangs.${idleNote(d)}`,
    fix: (d) => `Put ${d.vip}/32 on ${d.dev} of ${d.host}, with arp_ignore and arp_announce set first.`,
  }),
  'device-down': ailment<Missing>({
    title: (d) => `${d.vip} is on ${d.dev} of ${d.host}, which is down`,
    text: (d) =>
      `An address counts only while its interface is up. ${d.host} drops what the director sends to ${d.vip}.${idleNote(d)}`,
    fix: (d) => `Bring ${d.dev} up on ${d.host}.`,
  }),
}

const reasons = {
  'nat-unknown': (d: { vip: string; host: string }) =>
    `${d.vip} is not on ${d.host}; cannot tell whether a REDIRECT or TPROXY rule takes its packets instead`,
  'nothing-served': (d: { host: string }) => `${d.host} serves no VIP by DR or TUN that is known`,
}

export const rsVipMissing = hostCheck({
  id: 'rs-vip-missing',
  title: 'Real servers have the VIP they serve',
  category: 'address',
  severity: 'critical',
  stage: 'real-server',
  why: 'In DR and TUN the packet keeps the VIP as destination all the way. A real server that has it on no interface, and has no REDIRECT rule for it, does not take the packet for its own and never answers.',
  links: ['http://www.austintek.com/LVS/LVS-HOWTO/HOWTO/LVS-HOWTO.LVS-DR.html'],
  explains: ['cap-syn-unanswered', 'cap-loop', 'cap-redirect', 'syn-recv-stuck', 'one-rs-bad'],
  on: 'real-server',
  modes: ['DR', 'TUN'],
  needs: { links: 'whole' },
  messages,
  reasons,
  run(host, view) {
    const { links } = host
    const routes = host.fact('routes')
    const local = (vip: string): Cite | undefined =>
      routes.state === 'missing'
        ? undefined
        : routes.value.routes.find(({ type, to }) => type === 'local' && to !== '0.0.0.0/0' && inCidr(vip, to))?.at
    const claims: Claim[] = []
    const looked: Cite[] = []
    for (const { vip } of servedVips(view.topology, host.host)) {
      const [place] = placesOf(links.value, vip)
      const at = holders(links.value, vip)[0]?.address.at ?? (vip.includes(':') ? place?.address.at : undefined)
      const routed = at ?? (place === undefined ? local(vip) : undefined)
      if (routed !== undefined) looked.push(routed)
      const services = routed === undefined ? view.servicesOf(host.id, 'real-server').filter((s) => s.vip === vip) : []
      for (const service of services) {
        const server = service.servers.find((s) => s.host === host.id && (s.mode === 'DR' || s.mode === 'TUN'))
        if (server === undefined) continue
        const said = server.said[0].at
        const redirect = redirectsVip(host.host.facts, { ...service, vip })
        if (redirect.is === 'unknown' && place === undefined)
          return undecided(
            reasons,
            'nat-unknown',
            { vip, host: host.name },
            [redirect.at ?? said],
            ['iptables-save -c'],
          )
        if (redirect.is === 'yes') {
          looked.push(redirect.at ?? said)
          continue
        }
        const tunnel = server.mode === 'TUN'
        const dev = place?.link.name ?? (tunnel ? 'tunl0' : 'lo')
        const bind = bindVip(host.id, vip, dev, tunnel ? { tunnel } : {})
        const arp = setSysctl(host.id, { 'net.ipv4.conf.all.arp_ignore': 1, 'net.ipv4.conf.all.arp_announce': 2 })
        const up = runStep(host.id, `ip link set ${shellWord(dev)} up`, 'safe')
        const { idle, lines, severity } = idlenessOf(view.topology, view.kase.hosts, host.id, vip)
        const data = { host: host.name, vip, service: service.id, dev, idle }
        claims.push(
          claim(messages, place === undefined ? 'not-here' : 'device-down', data, {
            cites:
              place === undefined ? [said, links.from[0], ...lines] : [place.link.at, place.address.at, said, ...lines],
            severity,
            steps: place === undefined ? [arp, bind] : [up],
            verify: `ip route get ${vip}   # on ${host.name}: local ${vip} dev lo`,
            about: { hosts: [host.id], vips: [vip] },
            proof: 'inferred',
          }),
        )
        break
      }
    }
    if (isNonEmpty(claims)) return fail(claims)
    return isNonEmpty(looked) ? pass(looked) : undecided(reasons, 'nothing-served', { host: host.name }, links.from)
  },
})
