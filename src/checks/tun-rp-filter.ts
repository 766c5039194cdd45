/** A real server behind a tunnel with strict reverse path check on the tunnel: every unpacked packet came in by the wrong door. */
import { askers } from '../kernel/askers.ts'
import { belief } from '../kernel/belief.ts'
import { reversePathDrops } from '../kernel/rp-counter.ts'
import { setReversePath } from '../kernel/rp-fix.ts'
import { confKey, effective } from '../kernel/sysctl.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import { arrivalsAt } from '../topology/arrivals.ts'

type Strict = { host: string; dev: string; vip: string }

const messages = {
  'tunnel-strict': ailment<Strict>({
    title: (d) => `${d.host} throws away what the tunnel ${d.dev} delivers`,
    text: (d) =>
      `rp_filter in force on ${d.dev} is 1 (the larger of all and ${d.dev}). Packets to ${d.vip} come in by ${d.dev}, the way back to the clients leaves by another interface, ` +
      `so the strict check drops every one of them. tcpdump still shows them on ${d.dev}.`,
    fix: (d) =>
      `Set rp_filter to 0 on all and on ${d.dev} of ${d.host}, and make it last: at boot ${d.dev} may not exist yet when sysctl.conf is read.`,
  }),
}

const reasons = {
  'no-tunnel': (_: Record<string, never>) =>
    'no IPIP interface is up here, so nothing is unpacked; that is another fault',
  'links-cut': (_: Record<string, never>) => 'no tunnel in the part of the interfaces that was seen',
  'value-unknown': (d: { dev: string }) => `rp_filter of all and of ${d.dev} decides, and was not seen`,
}

export const tunRpFilter = hostCheck({
  id: 'tun-rp-filter',
  title: 'The tunnel of a TUN real server does not check the way back strictly',
  category: 'sysctl',
  severity: 'critical',
  stage: 'real-server',
  why: 'A real server unpacks what the director sends through a tunnel, and answers by its ordinary interface. The strict reverse path check takes that for a forgery and drops the packet, without a log line.',
  links: ['https://docs.kernel.org/networking/ip-sysctl.html'],
  explains: ['cap-syn-unanswered', 'syn-recv-stuck', 'one-rs-bad'],
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
    for (const { vip, dst, dev, at } of arrivals) {
      const rp = effective(sysctl.value, 'rp_filter', dev)
      if (rp?.value === undefined)
        return undecided(reasons, 'value-unknown', { dev }, rp?.cites ?? [at], [
          `sysctl net.ipv4.conf.all.rp_filter ${confKey(dev, 'rp_filter')}`,
        ])
      looked.push(...rp.cites)
      const evidence = { sysctl: sysctl.value, links: links.value }
      const clients = askers(view.topology, view.kase.hosts, vip)
      // Routes can only acquit: a tunnel that is itself the way back is rare enough to need proof.
      const strict = rp.value === 1 ? belief(host.host.facts, evidence, { dst, dev }, clients) : undefined
      if (strict === undefined || strict.is === 'passes') continue
      const drops = reversePathDrops(host.fact('counters'))
      const cites: NonEmpty<Cite> = [...rp.cites, ...(drops ? [drops] : []), at]
      claims.push(
        claim(
          messages,
          'tunnel-strict',
          { host: host.name, dev, vip },
          {
            cites,
            steps: [setReversePath(host.id, sysctl.value, ['all', dev], 0)],
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
