/** rp_filter set to 0 on the tunnel, where everybody looks, and left at 1 in `all`: the larger of the two counts. */
import { askers } from '../kernel/askers.ts'
import { belief } from '../kernel/belief.ts'
import { reversePathDrops } from '../kernel/rp-counter.ts'
import { setReversePath } from '../kernel/rp-fix.ts'
import { confKey, sysctlNumber } from '../kernel/sysctl.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import { arrivalsAt } from '../topology/arrivals.ts'

type Outvoted = { host: string; dev: string; vip: string }

const messages = {
  'all-outvotes': ailment<Outvoted>({
    title: (d) => `${d.host}: rp_filter 0 on ${d.dev} has no effect, because all has 1`,
    text: (d) =>
      `The kernel takes the larger of all.rp_filter and ${d.dev}.rp_filter. all is 1, so ${d.dev} checks strictly although it says 0, ` +
      `and what the tunnel delivers for ${d.vip} is dropped: the way back to the clients does not leave by ${d.dev}.`,
    fix: (d) => `Set net.ipv4.conf.all.rp_filter to 0 on ${d.host} as well.`,
  }),
}

const reasons = {
  'no-tunnel': (_: Record<string, never>) => 'no IPIP interface is up here, so nothing is unpacked',
  'links-cut': (_: Record<string, never>) => 'no tunnel in the part of the interfaces that was seen',
  'value-unknown': (d: { key: string }) => `${d.key} was not seen`,
}

export const rpFilterIfaceZeroAllOne = hostCheck({
  id: 'rp-filter-iface-zero-all-one',
  title: 'A tunnel with rp_filter 0 is not overruled by rp_filter 1 in all',
  category: 'sysctl',
  severity: 'critical',
  stage: 'real-server',
  why: 'Many recipes switch the reverse path check off on tunl0 only. The kernel uses the larger of the values of all and of the interface, so with 1 in all the check stays on and the real server drops everything the director sends.',
  links: ['https://docs.kernel.org/networking/ip-sysctl.html'],
  explains: ['tun-rp-filter', 'cap-syn-unanswered', 'syn-recv-stuck', 'one-rs-bad'],
  on: 'real-server',
  modes: ['TUN'],
  needs: { sysctl: 'part', links: 'part' },
  messages,
  reasons,
  run(host, view) {
    const { sysctl, links } = host
    const arrivals = arrivalsAt(host.host, view.topology).filter((arrival) => arrival.tunnel)
    if (arrivals.length === 0) {
      if (links.whole) return notApplicable(reasons, 'no-tunnel', {}, links.from)
      return undecided(reasons, 'links-cut', {}, links.from, ['ip addr'])
    }
    const claims: Claim[] = []
    const looked: Cite[] = []
    const all = sysctlNumber(sysctl.value, 'net.ipv4.conf.all.rp_filter')
    for (const { vip, dst, dev, at } of arrivals) {
      const key = confKey(dev, 'rp_filter')
      const own = sysctlNumber(sysctl.value, key)
      // Either half can settle it: all = 0 outvotes nobody, and an interface at 1 or 2 is another story.
      const cleared =
        all !== undefined && all.value !== 1 ? all : own !== undefined && own.value !== 0 ? own : undefined
      if (cleared) looked.push(cleared.at)
      if (cleared) continue
      if (all === undefined || own === undefined) {
        const unseen = all === undefined ? 'net.ipv4.conf.all.rp_filter' : key
        return undecided(reasons, 'value-unknown', { key: unseen }, [at], [`sysctl ${unseen}`])
      }
      const evidence = { sysctl: sysctl.value, links: links.value }
      const strict = belief(host.host.facts, evidence, { dst, dev }, askers(view.topology, view.kase.hosts, vip))
      // A tunnel that is itself the way back to the clients believes them.
      if (strict.is === 'passes') looked.push(...strict.cites)
      if (strict.is === 'passes') continue
      const drops = reversePathDrops(host.fact('counters'))
      claims.push(
        claim(
          messages,
          'all-outvotes',
          { host: host.name, dev, vip },
          {
            cites: [all.at, own.at, ...(drops ? [drops] : []), at],
            steps: [setReversePath(host.id, sysctl.value, ['all'], 0)],
            verify: `sysctl net.ipv4.conf.all.rp_filter ${confKey(dev, 'rp_filter')}   # both 0; then nstat -az TcpExtIPReversePathFilter stands still`,
            about: { hosts: [host.id], vips: [vip] },
            proof: drops ? 'direct' : 'inferred',
          },
        ),
      )
    }
    return isNonEmpty(claims) ? fail(claims) : pass(looked as unknown as NonEmpty<Cite>)
  },
})
