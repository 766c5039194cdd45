/** arp_ignore was set where it does nothing: ARP requests never arrive on lo, and default is only for interfaces to come. */
import { answersArp } from '../kernel/arp.ts'
import { arpRulesHide } from '../kernel/arp-rules.ts'
import { confKey, effective, sysctlNumber } from '../kernel/sysctl.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { setSysctl } from '../model/fix.ts'
import { askedVips } from '../topology/asked-vips.ts'

type OnlyLo = { host: string; vip: string; dev: string; where: string; value: number }

const answering = (how: string) =>
  ailment<OnlyLo>({
    title: (d) => `${d.host} has arp_ignore on ${d.where} only, which does not hide ${d.vip}`,
    text: (d) =>
      `arp_ignore is ${d.value} on ${d.where}, but 0 in all and in ${d.dev}, where neighbours ask for ${d.vip}. ${how} So ${d.host} still answers for the VIP.`,
    fix: (d) => `Set net.ipv4.conf.all.arp_ignore to 1 on ${d.host}: the larger of all and ${d.dev} counts.`,
  })

const messages = {
  'only-lo': answering('The interface that receives the request decides, and no request is ever received on lo.'),
  'only-default': answering('default is copied to interfaces that are created later; one that exists keeps its own.'),
}

const reasons = {
  'listing-cut': (d: { host: string }) => `no VIP was shown on ${d.host}, and not all of its addresses were`,
  'vip-not-here': (d: { host: string }) => `no VIP on ${d.host} that a neighbour could ask for`,
  'not-set-there': (d: { host: string }) => `arp_ignore is set neither on lo nor in default of ${d.host}`,
  'value-unknown': (d: { key: string }) => `${d.key} was not seen`,
  'link-unknown': (d: { dev: string; vip: string }) =>
    `cannot tell whether ${d.dev} is in the network where ${d.vip} is asked for`,
  'arptables-unclear': (d: { vip: string }) => `an arptables rule may hide ${d.vip}`,
}

const ASK = ['sysctl -a 2>/dev/null | grep arp_ignore']
const KEYS = ['lo', 'default'] as const

export const rsArpIgnoreOnlyLo = hostCheck({
  id: 'rs-arp-ignore-only-lo',
  title: 'Real servers set arp_ignore where requests arrive, not on lo or default alone',
  category: 'arp',
  severity: 'critical',
  stage: 'arp',
  why: 'Many guides set arp_ignore on lo because the VIP is there. The kernel looks at the interface that receives the ARP request, which is never lo: the real server goes on answering for the VIP and takes clients away from the director.',
  links: ['https://docs.kernel.org/networking/ip-sysctl.html'],
  explains: ['rs-arp-ignore-missing', 'arp-two-macs', 'arp-vip-is-rs-mac', 'arp-vip-mac-changed', 'one-rs-bad'],
  on: 'real-server',
  modes: ['DR', 'TUN'],
  needs: { links: 'part', sysctl: 'part' },
  messages,
  reasons,
  run(host, view) {
    const { links, sysctl } = host
    const seen = KEYS.map((where) => ({ where, set: sysctlNumber(sysctl.value, confKey(where, 'arp_ignore')) }))
    const idle = seen.find(({ set }) => set !== undefined && set.value > 0)
    const claims: Claim[] = []
    const looked: Cite[] = []
    let unset = false
    for (const { vip, place, link, near } of askedVips(view.topology, host.host, links.value, view.kase.hosts)) {
      const { name: dev } = link
      const ignore = effective(sysctl.value, 'arp_ignore', dev)
      looked.push(...(ignore?.cites ?? []), place.address.at)
      const answer = answersArp({ links: links.value, sysctl: sysctl.value }, { target: vip, in: dev })
      if (answer.answers === 'no' || near === 'no' || ignore?.atLeast) continue
      const at = [place.address.at] as const
      if (ignore?.value === undefined)
        return undecided(reasons, 'value-unknown', { key: confKey(dev, 'arp_ignore') }, at, ASK)
      const hidden = arpRulesHide(host.fact('arptables'), vip, dev)
      if (hidden === 'yes') continue
      if (idle?.set === undefined) {
        const gap = seen.find(({ set }) => set === undefined)
        if (gap) return undecided(reasons, 'value-unknown', { key: confKey(gap.where, 'arp_ignore') }, at, ASK)
        unset = true
        continue
      }
      if (hidden === 'unknown') return undecided(reasons, 'arptables-unclear', { vip }, at, ['arptables -L -n'])
      if (near === 'unknown') return undecided(reasons, 'link-unknown', { dev, vip }, at, ['ip addr'])
      const data = { host: host.name, vip, dev, where: idle.where, value: idle.set.value }
      claims.push(
        claim(messages, idle.where === 'lo' ? 'only-lo' : 'only-default', data, {
          cites: [idle.set.at, ...ignore.cites, place.address.at],
          steps: [setSysctl(host.id, { 'net.ipv4.conf.all.arp_ignore': 1 }, { 'net.ipv4.conf.all.arp_ignore': 0 })],
          verify: `arping -c 3 ${vip}   # from another host of the network: only the director answers`,
          about: { hosts: [host.id], vips: [vip] },
          proof: 'inferred',
        }),
      )
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (!isNonEmpty(looked) && !links.whole)
      return undecided(reasons, 'listing-cut', { host: host.name }, links.from, ['ip addr'])
    if (!isNonEmpty(looked)) return notApplicable(reasons, 'vip-not-here', { host: host.name }, links.from)
    return unset ? notApplicable(reasons, 'not-set-there', { host: host.name }, looked) : pass(looked)
  },
})
