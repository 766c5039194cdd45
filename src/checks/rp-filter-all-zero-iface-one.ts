/** `all` and `default` at 0, the interface that matters still at 1: the recipe of many guides, and it changes nothing. */
import { MISSING } from '../kernel/belief.ts'
import { clientBelief } from '../kernel/client-belief.ts'
import { reversePathDrops } from '../kernel/rp-counter.ts'
import { setReversePath } from '../kernel/rp-fix.ts'
import { confKey, sysctlNumber } from '../kernel/sysctl.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import { arrivalsAt } from '../topology/arrivals.ts'

type Kept = { host: string; dev: string; vip: string; template: boolean }

const messages = {
  'interface-kept-strict': ailment<Kept>({
    title: (d) => `${d.host}: rp_filter is 0 in all, but ${d.dev} still has 1`,
    text: (d) =>
      `The kernel takes the larger of all.rp_filter and ${d.dev}.rp_filter, so all = 0 switches nothing off on ${d.dev}. ` +
      (d.template ? 'default = 0 does not either: it is for interfaces that are created later. ' : '') +
      `Packets for ${d.vip} that come in on ${d.dev} are dropped, because the way back leaves by another interface.`,
    fix: (d) => `Set net.ipv4.conf.${d.dev}.rp_filter to 0 on ${d.host} too, now and for the next boot.`,
  }),
}

const reasons = {
  'no-client-traffic': (_: Record<string, never>) => 'no packet of a client comes in on this host',
  'where-unknown': (_: Record<string, never>) => 'not known on which interface packets of clients come in',
  unseen: (d: { dev: string; why: string }) => `cannot tell whether ${d.dev} drops packets of clients: ${d.why}`,
}

export const rpFilterAllZeroIfaceOne = hostCheck({
  id: 'rp-filter-all-zero-iface-one',
  title: 'Where rp_filter is 0 in all, no interface that matters keeps 1',
  category: 'sysctl',
  severity: 'critical',
  stage: 'real-server',
  why: 'Setting all.rp_filter and default.rp_filter to 0 leaves the value of every interface that exists already. The larger of all and interface counts, so the strict check stays on exactly where the packets come in.',
  links: ['https://docs.kernel.org/networking/ip-sysctl.html'],
  explains: ['rp-filter-asymmetric', 'tun-rp-filter'],
  on: 'any',
  needs: { sysctl: 'part', links: 'part' },
  messages,
  reasons,
  run(host, view) {
    const evidence = { sysctl: host.sysctl.value, links: host.links.value }
    const { director, 'real-server': server } = host.host.roles
    const arrivals = arrivalsAt(host.host, view.topology)
    if (arrivals.length === 0) {
      if (director.is === 'no' && server.is !== 'unknown')
        return notApplicable(reasons, 'no-client-traffic', {}, director.looked)
      return undecided(reasons, 'where-unknown', {}, host.links.from, ['ip addr', 'ipvsadm -Ln'])
    }
    const all = sysctlNumber(host.sysctl.value, 'net.ipv4.conf.all.rp_filter')
    const template = sysctlNumber(host.sysctl.value, 'net.ipv4.conf.default.rp_filter')
    const claims = new Map<string, Claim>()
    const looked: Cite[] = []
    let open: ReturnType<typeof undecided> | undefined
    for (const arrival of arrivals) {
      const { vip, dev, tunnel, latent, at } = arrival
      const own = sysctlNumber(host.sysctl.value, confKey(dev, 'rp_filter'))
      const cleared =
        all !== undefined && all.value !== 0 ? all : own !== undefined && own.value !== 1 ? own : undefined
      if (cleared) looked.push(cleared.at)
      if (cleared || claims.has(dev)) continue
      const judged = clientBelief(host.host, evidence, arrival, view)
      if (judged.is === 'passes' || judged.is === 'other') {
        looked.push(...judged.cites)
        continue
      }
      const strict = judged.is === 'dropped' || tunnel
      if (all === undefined || own === undefined || !strict) {
        const why = MISSING[judged.is === 'unknown' ? judged.why : 'value']
        open ??= undecided(reasons, 'unseen', { dev, why }, [at], judged.is === 'unknown' ? judged.ask : ASK)
        continue
      }
      const drops = latent ? undefined : reversePathDrops(host.fact('counters'))
      const zero = template?.value === 0 ? [template.at] : []
      const cites: NonEmpty<Cite> = [own.at, all.at, ...zero, ...(drops ? [drops] : []), at]
      claims.set(
        dev,
        claim(
          messages,
          'interface-kept-strict',
          { host: host.name, dev, vip, template: zero.length > 0 },
          {
            cites,
            steps: [setReversePath(host.id, host.sysctl.value, [dev], 0)],
            verify: `sysctl ${confKey(dev, 'rp_filter')}   # 0; then nstat -az TcpExtIPReversePathFilter stands still`,
            about: { hosts: [host.id], vips: [vip] },
            severity: latent ? 'warning' : 'critical',
            proof: drops ? 'direct' : 'inferred',
          },
        ),
      )
    }
    const found = [...claims.values()]
    if (isNonEmpty(found)) return fail(found)
    return open ?? pass(looked as unknown as NonEmpty<Cite>)
  },
})

const ASK = ['sysctl -a 2>/dev/null | grep "\\.rp_filter"']
