/** A real server that answers ARP for the VIP: it takes the clients away from the director, at the whim of whoever answered first. */
import { answersArp } from '../kernel/arp.ts'
import { arpRulesHide } from '../kernel/arp-rules.ts'
import { effective, valuesNow } from '../kernel/sysctl.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { setSysctl } from '../model/fix.ts'
import { arpLinks, hearsVip, placesOf, servedVips } from '../topology/faces.ts'

type Answers = { host: string; vip: string; dev: string; value: number; on: string }

const messages = {
  'answers-for-vip': ailment<Answers>({
    title: (d) => `${d.host} answers ARP for the VIP ${d.vip}`,
    text: (d) =>
      `${d.vip} is on ${d.on}, and arp_ignore in force on ${d.dev} is ${d.value} (the larger of all and ${d.dev}), so ${d.host} answers whoever asks for it on ${d.dev}.${d.value === 3 ? ' 3 keeps back addresses of scope host only, and the VIP is none.' : ''} ` +
      `Clients that learn its address go past the director: one server takes all the load, and a failover changes nothing for them.`,
    fix: (d) =>
      `Set arp_ignore to 1 and arp_announce to 2 on ${d.host}, then make the neighbours forget: arping -U from the director.`,
  }),
}

const reasons = {
  'listing-cut': (d: { host: string }) => `no VIP was shown on ${d.host}, and not all of its addresses were`,
  'vip-not-here': (d: { vip: string }) => `${d.vip} is not on this host, so it cannot answer for it`,
  'value-unknown': (d: { dev: string }) => `arp_ignore of all and of ${d.dev} decides, and was not seen`,
  'link-unknown': (d: { dev: string; vip: string }) =>
    `cannot tell whether ${d.dev} is in the network where ${d.vip} is asked for`,
  'arptables-unclear': (d: { vip: string }) => `an arptables rule may hide ${d.vip}`,
}

const HIDDEN = { 'net.ipv4.conf.all.arp_ignore': 1, 'net.ipv4.conf.all.arp_announce': 2 }
const ASK = ['sysctl -a 2>/dev/null | grep arp_']

export const rsArpIgnoreMissing = hostCheck({
  id: 'rs-arp-ignore-missing',
  title: 'Real servers do not answer ARP for the VIP',
  category: 'arp',
  severity: 'critical',
  stage: 'arp',
  why: 'In DR and TUN every real server has the VIP, but only the director may answer for it. A real server that answers too is taken for the director by some neighbours, and keeps their traffic even after a failover.',
  links: ['https://docs.kernel.org/networking/ip-sysctl.html'],
  explains: ['arp-two-macs', 'arp-vip-is-rs-mac', 'arp-vip-mac-changed', 'cap-arp-two-macs', 'one-rs-bad'],
  on: 'real-server',
  modes: ['DR', 'TUN'],
  needs: { links: 'part', sysctl: 'part' },
  messages,
  reasons,
  run(host, view) {
    const { links, sysctl } = host
    const claims: Claim[] = []
    const looked: Cite[] = []
    let absent = ''
    for (const { vip, service } of servedVips(view.topology, host.host)) {
      const places = placesOf(links.value, vip)
      const [place] = places
      if (!place) absent = vip
      if (
        !place ||
        places.some(({ link }) => host.host.roles.director.is === 'yes' && arpLinks(links.value).includes(link))
      )
        continue
      for (const link of arpLinks(links.value)) {
        if (link === place.link) continue
        const answer = answersArp({ links: links.value, sysctl: sysctl.value }, { target: vip, in: link.name })
        looked.push(place.address.at, ...answer.cites)
        if (answer.answers === 'no') continue
        const near = hearsVip(link, vip, host.host, service, view.kase.hosts)
        if (near === 'no') continue
        if (answer.answers === 'unknown')
          return undecided(reasons, 'value-unknown', { dev: link.name }, [place.address.at], ASK)
        const hidden = arpRulesHide(host.fact('arptables'), vip, link.name)
        if (hidden === 'yes') continue
        if (hidden === 'unknown')
          return undecided(reasons, 'arptables-unclear', { vip }, [place.address.at], ['arptables -L -n'])
        if (near === 'unknown')
          return undecided(reasons, 'link-unknown', { dev: link.name, vip }, [link.at, place.address.at], ['ip addr'])
        const ignore = effective(sysctl.value, 'arp_ignore', link.name)
        const data = { host: host.name, vip, dev: link.name, value: ignore?.value ?? 0, on: place.link.name }
        claims.push(
          claim(messages, 'answers-for-vip', data, {
            cites: [...(ignore?.cites ?? []), place.address.at] as unknown as readonly [Cite, ...Cite[]],
            steps: [setSysctl(host.id, HIDDEN, valuesNow(sysctl.value, Object.keys(HIDDEN)))],
            verify: `arping -c 3 -I ${link.name} ${vip}   # from another host of the network: only the director answers`,
            about: { hosts: [host.id], vips: [vip] },
            proof: 'inferred',
          }),
        )
      }
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (isNonEmpty(looked)) return pass(looked)
    if (!links.whole) return undecided(reasons, 'listing-cut', { host: host.name }, links.from, ['ip addr'])
    return notApplicable(reasons, 'vip-not-here', { vip: absent || 'the VIP' }, links.from)
  },
})
