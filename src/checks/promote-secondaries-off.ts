/** The VIP came first and the director's own address is its secondary: taking the VIP away takes both. */

import { inetAddresses } from '../kernel/route-source.ts'
import { effective } from '../kernel/sysctl.ts'
import { inCidr } from '../lib/ip.ts'
import { shellWord } from '../lib/shell.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { setSysctl } from '../model/fix.ts'
import { isBroadcastLink } from '../topology/addresses.ts'

type Tied = { host: string; vip: string; dev: string; own: string }

const messages = {
  'goes-with-vip': ailment<Tied>({
    title: (d) => `${d.host} loses its own address ${d.own} as soon as it gives up ${d.vip}`,
    text: (d) =>
      `On ${d.dev} the VIP is the first address of the network and ${d.own} is its secondary. promote_secondaries is 0, so the kernel deletes the secondaries together with the first: after a failover the node has no address there.`,
    fix: (d) =>
      `Set promote_secondaries to 1 before the next failover, and configure ${d.vip} without a length (/32), so that it never becomes first.`,
  }),
}

const reasons = {
  'own-first': (d: { host: string }) => `on ${d.host} no address is secondary to a VIP`,
  'value-unseen': (d: { dev: string }) => `promote_secondaries of ${d.dev} was not seen`,
}

const ASK = 'sysctl net.ipv4.conf.all.promote_secondaries'

export const promoteSecondariesOff = hostCheck({
  id: 'promote-secondaries-off',
  title: 'Removing a VIP does not remove the own address of the director',
  category: 'keepalived',
  severity: 'critical',
  stage: 'director',
  why: 'Linux has one primary address for each network of an interface; the others are secondary and go with it unless promote_secondaries is on. A VIP that was there first, with the mask of the network, takes the address of the host along.',
  links: ['https://docs.kernel.org/networking/ip-sysctl.html'],
  explains: ['no-vip-anywhere', 'director-no-route-rip'],
  on: 'director',
  needs: { links: 'whole' },
  messages,
  reasons,
  run({ host, id, name, links }, { topology }) {
    const vips = new Set(topology.vips.map(({ ip }) => ip))
    const sysctl = host.facts.sysctl
    const claims: Claim[] = []
    const looked: Cite[] = []
    for (const link of links.value.links.filter(isBroadcastLink)) {
      const { name: dev } = link
      const addresses = inetAddresses(link)
      for (const vip of addresses.filter(({ ip, secondary }) => vips.has(ip) && !secondary)) {
        const own = addresses.find(
          ({ ip, prefix, secondary }) =>
            secondary && !vips.has(ip) && prefix === vip.prefix && inCidr(ip, `${vip.ip}/${vip.prefix}`),
        )
        if (own === undefined) continue
        const cites = [own.at, vip.at] as const
        const value = sysctl.state === 'known' ? effective(sysctl.value, 'promote_secondaries', dev) : undefined
        if (value?.value === undefined) return undecided(reasons, 'value-unseen', { dev }, cites, [ASK])
        looked.push(...value.cites, ...cites)
        if (value.value > 0) continue
        claims.push(
          claim(
            messages,
            'goes-with-vip',
            { host: name, vip: vip.ip, dev, own: own.ip },
            {
              cites: [...cites, ...value.cites],
              steps: [
                setSysctl(
                  id,
                  { 'net.ipv4.conf.all.promote_secondaries': 1 },
                  { 'net.ipv4.conf.all.promote_secondaries': 0 },
                ),
              ],
              verify: `${ASK}   # = 1; "ip -4 addr show dev ${shellWord(dev)}" still shows ${own.ip} after the failover`,
              about: { hosts: [id], vips: [vip.ip] },
              proof: 'inferred',
            },
          ),
        )
      }
    }
    if (isNonEmpty(claims)) return fail(claims)
    return isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'own-first', { host: name }, links.from)
  },
})
