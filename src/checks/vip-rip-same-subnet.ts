/** VIP and real server in one subnet: the normal set-up of DR, and no fault. Only together with something else it does harm. */
import { arpHarms, type Harm, maskHarms, natHarms, primaryHarms, subnetWith } from '../kernel/same-subnet.ts'
import { isIpv4 } from '../lib/ip.ts'
import type { Host } from '../model/case.ts'
import {
  ailment,
  type CaseView,
  type Claim,
  claim,
  fail,
  hostCheck,
  notApplicable,
  pass,
  undecided,
} from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import type { Links } from '../model/facts.ts'
import { arpLinks, directorFaces, placesOf, type ServedVip, servedVips } from '../topology/faces.ts'

type Same = { host: string; vip: string; dev: string; harms: string }

const messages = {
  'harmful-here': ailment<Same>({
    title: (d) => `${d.vip} is in the subnet of ${d.dev} on ${d.host}, where something makes that harmful`,
    text: (d) =>
      `VIP and real server in one subnet is how DR is normally set up, and the kernel does not choose an interface at random because of it. Here it does harm because ${d.harms}.`,
    fix: () =>
      'Keep the addresses as they are and repair what is named here; it has a finding of its own where it is proven.',
  }),
}

const reasons = {
  'other-subnet': (d: { host: string }) => `no VIP that is somebody else's lies in a subnet of ${d.host}`,
  'not-seen': (d: { vip: string; what: string }) =>
    `${d.vip} is in the subnet of its real server, which is harmless unless ${d.what}; that was not seen`,
}

export const vipRipSameSubnet = hostCheck({
  id: 'vip-rip-same-subnet',
  title: 'VIP and real servers in one subnet, with nothing that makes it harmful',
  category: 'address',
  severity: 'note',
  stage: 'config',
  why: 'It is often said that a VIP in the subnet of the real servers makes a cluster unstable. It does not: it is the normal set-up of DR. Harm comes from ARP sysctls that are not in force, a VIP with a short mask, or in NAT from clients in the same subnet.',
  links: ['http://www.austintek.com/LVS/LVS-HOWTO/HOWTO/LVS-HOWTO.LVS-DR.html'],
  explains: [],
  neverRoot: true,
  on: 'real-server',
  modes: ['DR', 'NAT'],
  needs: { links: 'whole' },
  messages,
  reasons,
  run(host, view) {
    const { links } = host
    const claims: Claim[] = []
    const looked: Cite[] = []
    for (const served of servedVips(view.topology, host.host, ['DR', 'NAT'])) {
      const { vip } = served
      const link = isIpv4(vip) ? arpLinks(links.value).find((face) => subnetWith(face, vip) !== undefined) : undefined
      const subnet = link && subnetWith(link, vip)
      const holds = placesOf(links.value, vip).some((place) => place.link === link)
      // As MASTER it answers for the VIP, and should.
      if (link === undefined || subnet === undefined || (holds && host.host.roles.director.is === 'yes')) continue
      looked.push(subnet.at)
      const nat = served.service.servers.some((server) => server.host === host.id && server.mode === 'NAT')
      const net = `${subnet.ip}/${subnet.prefix}`
      const harms = nat
        ? natHarms(net, view.topology.clients)
        : drHarms(served, link.name, host.host, links.value, view)
      const found = harms.flatMap((harm) => (harm.is === 'yes' ? [harm] : []))
      const unseen = harms.find((harm) => harm.is === 'unseen')
      if (found.length === 0 && unseen?.is === 'unseen')
        return undecided(reasons, 'not-seen', { vip, what: unseen.what }, [subnet.at], [unseen.ask])
      if (found.length === 0) continue
      const harmful = found.map(({ what }) => what).join('; ')
      claims.push(
        claim(
          messages,
          'harmful-here',
          { host: host.name, vip, dev: link.name, harms: harmful },
          {
            cites: [subnet.at, ...found.flatMap(({ cites }) => cites)],
            steps: [],
            verify: `arping -c 3 ${vip}   # from another host of the network: only the director answers`,
            about: { hosts: [host.id], vips: [vip] },
            proof: 'inferred',
          },
        ),
      )
    }
    if (isNonEmpty(claims)) return fail(claims)
    return isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'other-subnet', { host: host.name }, links.from)
  },
})

function drHarms({ vip, service }: ServedVip, dev: string, host: Host, links: Links, view: CaseView): readonly Harm[] {
  const listening = arpLinks(links)
  const hidden = placesOf(links, vip).filter((place) => !listening.includes(place.link))
  const directors = service.directors.flatMap((id) => view.hostOf(id) ?? [])
  return [
    ...arpHarms(host, links, vip, dev),
    ...hidden.flatMap(({ link, address }) => maskHarms(link, address)),
    ...directors.flatMap((director) => primaryHarms(director, directorFaces(director, vip), vip)),
  ]
}
