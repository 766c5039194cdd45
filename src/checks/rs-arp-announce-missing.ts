/** A real server that asks by ARP in the name of the VIP: everyone who hears the question takes it for the owner. */
import { arpRulesDisguise } from '../kernel/arp-rules-out.ts'
import { asksAs } from '../kernel/arp-targets.ts'
import { effective } from '../kernel/sysctl.ts'
import { shellWord } from '../lib/shell.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { setSysctl } from '../model/fix.ts'
import { askedVips } from '../topology/asked-vips.ts'
import { arpLinks } from '../topology/faces.ts'

type Asks = { host: string; vip: string; dev: string; value: number; target: string }

const messages = {
  'asks-as-vip': ailment<Asks>({
    title: (d) => `${d.host} asks by ARP as ${d.vip} on ${d.dev}`,
    text: (d) =>
      `arp_announce in force on ${d.dev} is ${d.value} (the larger of all and ${d.dev}). When an answer of the service leaves there, ${d.host} sends "who-has ${d.target} tell ${d.vip}" with its own MAC, and whoever hears it sends the VIP's traffic to ${d.host} from then on, past the director. It comes and goes with the ARP cache of ${d.host}.`,
    fix: (d) => `Set arp_announce to 2 on ${d.host}, then make the neighbours forget: arping -U from the director.`,
  }),
}

const reasons = {
  'listing-cut': (d: { host: string }) => `no VIP was shown on ${d.host}, and not all of its addresses were`,
  'vip-not-here': (d: { host: string }) => `no VIP on ${d.host} that it could ask as`,
  'value-unknown': (d: { dev: string }) => `arp_announce of all and of ${d.dev} decides, and was not seen`,
  'link-unknown': (d: { dev: string; vip: string }) =>
    `cannot tell whether ${d.dev} is in the network where ${d.vip} is asked for`,
  'target-unknown': (d: { dev: string; vip: string }) =>
    `cannot tell whether answers from ${d.vip} leave by ${d.dev} to a neighbour that arp_announce lets it ask as ${d.vip}`,
  'arptables-unclear': (d: { vip: string }) => `an arptables rule may keep ${d.vip} out of requests`,
}

const ASK = ['sysctl -a 2>/dev/null | grep arp_announce']

export const rsArpAnnounceMissing = hostCheck({
  id: 'rs-arp-announce-missing',
  title: 'Real servers do not use the VIP as sender of ARP requests',
  category: 'arp',
  severity: 'critical',
  // It bites when an answer leaves, after the client's own question was answered.
  stage: 'return',
  why: 'Answers of a DR or TUN real server have the VIP as source. With arp_announce 0 the ARP request for the gateway or the client carries it too, and the neighbours learn the MAC of the real server for the VIP. The fault is intermittent: it needs an ARP entry that has just expired.',
  links: ['https://docs.kernel.org/networking/ip-sysctl.html'],
  explains: ['arp-vip-is-rs-mac', 'arp-two-macs', 'cap-arp-tell-vip-from-rs', 'arp-vip-mac-changed', 'one-rs-bad'],
  on: 'real-server',
  modes: ['DR', 'TUN'],
  needs: { links: 'part', sysctl: 'part' },
  messages,
  reasons,
  run(host, view) {
    const { links, sysctl } = host
    const [routes, rules] = [host.fact('routes'), host.fact('policyRules')]
    const facts = {
      links: links.value,
      sysctl: sysctl.value,
      ...(routes.state === 'known' ? { routes: routes.value } : {}),
      ...(rules.state === 'known' ? { rules: rules.value } : {}),
    }
    const receivers = view.topology.clients.map(({ ip }) => ip)
    const only = arpLinks(links.value).length === 1
    const claims: Claim[] = []
    const looked: Cite[] = []
    for (const { vip, place, link, near } of askedVips(view.topology, host.host, links.value, view.kase.hosts)) {
      const { name: dev } = link
      const setting = effective(sysctl.value, 'arp_announce', dev)
      looked.push(...(setting?.cites ?? []), place.address.at)
      const asking = asksAs(facts, { vip, out: dev, receivers, only })
      if (asking.asks === 'no' || near === 'no') continue
      const disguised = arpRulesDisguise(host.fact('arptables'), vip, dev)
      if (disguised === 'yes') continue
      const at = [place.address.at] as const
      if (asking.asks === 'value-unknown') return undecided(reasons, 'value-unknown', { dev }, at, ASK)
      if (disguised === 'unknown') return undecided(reasons, 'arptables-unclear', { vip }, at, ['arptables -L -n'])
      if (near === 'unknown') return undecided(reasons, 'link-unknown', { dev, vip }, at, ['ip addr'])
      if (asking.asks === 'target-unknown')
        return undecided(reasons, 'target-unknown', { dev, vip }, at, ['ip route show table all'])
      const { target } = asking
      const value = setting?.value ?? 0
      const data = { host: host.name, vip, dev, value, target: target?.ip ?? 'the next hop' }
      claims.push(
        claim(messages, 'asks-as-vip', data, {
          cites: [place.address.at, ...(setting?.cites ?? []), ...(target?.at === undefined ? [] : [target.at])],
          steps: [
            setSysctl(host.id, { 'net.ipv4.conf.all.arp_announce': 2 }, { 'net.ipv4.conf.all.arp_announce': value }),
          ],
          verify: `tcpdump -nn -e -c 5 -i ${shellWord(dev)} 'arp and src host ${vip}'   # none may come from ${host.name}`,
          about: { hosts: [host.id], vips: [vip] },
          proof: 'inferred',
        }),
      )
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (isNonEmpty(looked)) return pass(looked)
    if (!links.whole) return undecided(reasons, 'listing-cut', { host: host.name }, links.from, ['ip addr'])
    return notApplicable(reasons, 'vip-not-here', { host: host.name }, links.from)
  },
})
