/** A virtual service for an address that the directors never have. */
import { inCidr } from '../lib/ip.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'

type Stray = { host: string; ip: string; vips: string }

const messages = {
  'no-such-vip': ailment<Stray>({
    title: (d) => `The virtual service ${d.ip} of ${d.host} is for an address that it does not have`,
    text: (d) =>
      `IPVS balances packets that reach the director, and nobody sends ${d.ip} there: it is no VIP of any instance (${d.vips === '' ? 'there is none' : `these are ${d.vips}`}) and on no interface of ${d.host}. Nobody answers ARP for it.`,
    fix: (d) =>
      `Write the same address in virtual_server and in virtual_ipaddress of every director (${d.ip} or the VIP).`,
  }),
}

const reasons = {
  'vips-unclear': (d: { ip: string }) =>
    `${d.ip} is on no interface and no VIP that was read, but not all that the configuration means was understood`,
  'no-service': (_: Record<string, never>) => 'no virtual service here has an address of its own',
  'may-be-routed': (d: { ip: string }) =>
    `${d.ip} is on no interface, but a local route may take it, and not all were seen`,
}

export const vsAddressNotVip = hostCheck({
  id: 'vs-address-not-vip',
  title: 'Every virtual service has the address of a VIP',
  category: 'ipvs',
  severity: 'critical',
  stage: 'director',
  why: 'virtual_server and virtual_ipaddress are written in different places, and one of them gets a typing error or is forgotten in a move. keepalived does not compare them, and logs nothing.',
  links: ['https://github.com/acassen/keepalived/issues/2389'],
  explains: ['no-vip-anywhere', 'rs-vip-missing', 'arp-vip-unanswered'],
  on: 'director',
  needs: { keepalived: 'whole', links: 'whole' },
  messages,
  reasons,
  run({ id, name, keepalived, links, fact }, { kase: { hosts } }) {
    const { virtualServers } = keepalived.value
    const services = virtualServers.flatMap(({ vip, at }) => (vip === undefined ? [] : [{ ip: vip, at }]))
    if (services.length === 0) return notApplicable(reasons, 'no-service', {}, keepalived.from)
    const [unclear] = [
      ...(keepalived.value.unresolved ?? []),
      ...keepalived.value.instances.filter(({ vips, excludedVips }) => vips.length + excludedVips.length === 0),
    ]
    const announced = hosts.flatMap(({ facts }) =>
      facts.keepalived.state === 'known'
        ? facts.keepalived.value.instances.flatMap(({ vips, excludedVips }) => [...vips, ...excludedVips])
        : [],
    )
    const held = links.value.links.flatMap(({ addresses }) => addresses)
    const known = new Map([...announced, ...held].map(({ ip, at }) => [ip, at]))
    const routes = fact('routes')
    const looked: Cite[] = []
    const strays = new Map<string, Cite>()
    for (const { ip, at } of services) {
      const line = known.get(ip)
      const local =
        routes.state === 'known'
          ? routes.value.routes.find(({ type, to }) => type === 'local' && inCidr(ip, to))
          : undefined
      const own = line ?? local?.at
      if (own) looked.push(at, own)
      else if (unclear) return undecided(reasons, 'vips-unclear', { ip }, [at, unclear.at])
      else if (routes.state === 'missing' || !routes.whole || routes.value.tables !== 'all')
        return undecided(reasons, 'may-be-routed', { ip }, [at], ['ip route show table all'])
      else strays.set(ip, strays.get(ip) ?? at)
    }
    const vips = [...new Set(announced.map(({ ip }) => ip))].join(', ')
    const claims = [...strays].map(
      ([ip, at]): Claim =>
        claim(
          messages,
          'no-such-vip',
          { host: name, ip, vips },
          {
            cites: [at, ...announced.slice(0, 1).map((one) => one.at)],
            steps: [reloadKeepalived(id)],
            verify: `ip -o addr | grep -F '${ip}/'   # on the MASTER`,
            about: { hosts: [id], vips: [ip] },
            proof: 'inferred',
          },
        ),
    )
    if (isNonEmpty(claims)) return fail(claims)
    return pass(isNonEmpty(looked) ? looked : keepalived.from)
  },
})
