/** arp_ignore is set on a real server, to a value that does not hide the VIP. */
import { effective } from '../kernel/sysctl.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { setSysctl } from '../model/fix.ts'
import { arpLinks, placesOf, servedVips } from '../topology/faces.ts'

type Wrong = { host: string; vip: string; dev: string; value: number }

const messages = {
  'hides-nothing': ailment<Wrong>({
    title: (d) => `arp_ignore is ${d.value} on ${d.host}, which does not hide the VIP ${d.vip}`,
    text: (d) =>
      (d.value === 3
        ? `3 keeps quiet about addresses of scope host only, and ${d.vip} was added with scope global, as ip and ifconfig do. `
        : `4 to 7 are reserved: the kernel answers as if the value were 0. `) +
      `So ${d.host} answers ARP for ${d.vip} on ${d.dev}.`,
    fix: (d) => `Set arp_ignore to 1 on ${d.host}.`,
  }),
}

const reasons = {
  'vip-not-here': (_: Record<string, never>) => 'no VIP is on this host, so there is nothing to hide',
  'value-unknown': (d: { dev: string }) => `arp_ignore of all and of ${d.dev} decides, and was not seen`,
  'listing-cut': (_: Record<string, never>) => 'no VIP was shown on this host, and not all of its addresses were',
}

const KEY = 'net.ipv4.conf.all.arp_ignore'

export const rsArpIgnoreWrongValue = hostCheck({
  id: 'rs-arp-ignore-wrong-value',
  title: 'Real servers have a value of arp_ignore that hides the VIP',
  category: 'arp',
  severity: 'critical',
  stage: 'arp',
  why: 'Only 1, 2 and 8 keep a real server from answering for a VIP on lo. Larger looks safer, and is not: 3 is about another kind of address, and 4 to 7 mean nothing.',
  links: ['https://docs.kernel.org/networking/ip-sysctl.html'],
  explains: ['rs-arp-ignore-missing', 'arp-two-macs', 'arp-vip-is-rs-mac'],
  on: 'real-server',
  modes: ['DR', 'TUN'],
  needs: { links: 'part', sysctl: 'part' },
  messages,
  reasons,
  run({ id, name, host, links, sysctl }, { kase: { topology } }) {
    const claims: Claim[] = []
    const looked: Cite[] = []
    for (const { vip } of servedVips(topology, host)) {
      const [place] = placesOf(links.value, vip)
      if (!place) continue
      for (const link of arpLinks(links.value).filter((one) => one !== place.link)) {
        const ignore = effective(sysctl.value, 'arp_ignore', link.name)
        if (ignore?.value === undefined)
          return undecided(
            reasons,
            'value-unknown',
            { dev: link.name },
            [place.address.at],
            ['sysctl -a 2>/dev/null | grep arp_'],
          )
        looked.push(ignore.cites[0])
        if (ignore.value < 3 || ignore.value > 7 || (ignore.value === 3 && place.address.scope === 'host')) continue
        claims.push(
          claim(
            messages,
            'hides-nothing',
            { host: name, vip, dev: link.name, value: ignore.value },
            {
              cites: [ignore.cites[0], place.address.at],
              steps: [setSysctl(id, { [KEY]: 1 }, { [KEY]: ignore.value })],
              verify: `arping -c 3 -I ${link.name} ${vip}   # from another host of the network: only the director answers`,
              about: { hosts: [id], vips: [vip] },
              proof: 'inferred',
            },
          ),
        )
      }
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (isNonEmpty(looked)) return pass(looked)
    if (!links.whole) return undecided(reasons, 'listing-cut', {}, links.from, ['ip addr'])
    return notApplicable(reasons, 'vip-not-here', {}, links.from)
  },
})
