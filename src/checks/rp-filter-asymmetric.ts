/** Strict reverse path check on an interface that is not the way back to the clients: their packets are thrown away without a word. */
import { MISSING } from '../kernel/belief.ts'
import { clientBelief } from '../kernel/client-belief.ts'
import { reversePathDrops } from '../kernel/rp-counter.ts'
import { setReversePath } from '../kernel/rp-fix.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import { arrivalsAt } from '../topology/arrivals.ts'

type Dropped = { host: string; dev: string; client: string; back: string; vip: string; latent: boolean }

const messages = {
  'other-way-back': ailment<Dropped>({
    title: (d) => `${d.host} throws away packets to ${d.vip} that come in on ${d.dev}`,
    text: (d) =>
      `rp_filter in force on ${d.dev} is 1 (strict): a packet is only believed where the route back to its sender leaves by the same interface. ` +
      `The route back to ${d.client} leaves by ${d.back}, so the kernel drops what ${d.client} sends to ${d.vip}, and logs nothing.` +
      (d.latent ? ` ${d.host} does not hold ${d.vip} now; this bites once it takes over.` : ''),
    fix: (d) =>
      `Set rp_filter to 2 (loose) on all and ${d.dev} of ${d.host}, or add a policy route so that answers leave by ${d.dev}.`,
  }),
}

const reasons = {
  'no-client-traffic': (_: Record<string, never>) =>
    'no packet of a client comes in on an ordinary interface of this host',
  'where-unknown': (_: Record<string, never>) => 'not known on which interface packets of clients come in',
  'no-route-at-all': (d: { client: string }) =>
    `packets of ${d.client} are refused for another reason than the way back`,
  unseen: (d: { dev: string; why: string }) => `cannot tell whether ${d.dev} believes the clients: ${d.why}`,
}

export const rpFilterAsymmetric = hostCheck({
  id: 'rp-filter-asymmetric',
  title: 'Packets from clients pass the reverse path check where they come in',
  category: 'sysctl',
  severity: 'critical',
  stage: 'real-server',
  why: 'With rp_filter 1 the kernel drops a packet when its own route back to the sender leaves by another interface. Nothing is logged and tcpdump still shows the packet, so it looks as if the server did not answer.',
  links: ['https://docs.kernel.org/networking/ip-sysctl.html', 'https://bugzilla.redhat.com/show_bug.cgi?id=1047693'],
  explains: ['cap-syn-unanswered', 'syn-recv-stuck', 'one-rs-bad'],
  on: 'any',
  needs: { sysctl: 'part', links: 'part' },
  messages,
  reasons,
  run(host, view) {
    const { sysctl, links } = host
    const { director, 'real-server': server } = host.host.roles
    const arrivals = arrivalsAt(host.host, view.topology).filter((arrival) => !arrival.tunnel)
    if (!isNonEmpty(arrivals)) {
      if (director.is === 'no' && (server.is === 'no' || view.servicesOf(host.id, 'real-server').length > 0))
        return notApplicable(reasons, 'no-client-traffic', {}, director.looked)
      return undecided(reasons, 'where-unknown', {}, links.from, ['ip addr', 'ipvsadm -Ln'])
    }
    const claims = new Map<string, Claim>()
    const passed: Cite[] = []
    let open: ReturnType<typeof undecided> | undefined
    for (const arrival of arrivals) {
      const { vip, dev, latent, at } = arrival
      const evidence = { sysctl: sysctl.value, links: links.value }
      const judged = clientBelief(host.host, evidence, arrival, view)
      if (judged.is === 'passes') passed.push(...judged.cites)
      if (judged.is === 'other')
        open ??= notApplicable(reasons, 'no-route-at-all', { client: judged.source.ip }, judged.cites)
      if (judged.is === 'unknown')
        open ??= undecided(reasons, 'unseen', { dev, why: MISSING[judged.why] }, [at], judged.ask)
      if (judged.is !== 'dropped' || claims.has(dev)) continue
      const drops = latent ? undefined : reversePathDrops(host.fact('counters'))
      const data = {
        host: host.name,
        dev,
        client: judged.source?.ip ?? 'every client',
        back: judged.back?.dev ?? 'another interface',
        vip,
        latent,
      }
      const cites: NonEmpty<Cite> = drops === undefined ? judged.cites : [...judged.cites, drops]
      claims.set(
        dev,
        claim(messages, 'other-way-back', data, {
          cites,
          steps: [setReversePath(host.id, sysctl.value, ['all', dev], 2)],
          verify: 'nstat -az TcpExtIPReversePathFilter   # no longer grows while a client asks',
          about: { hosts: [host.id], vips: [vip] },
          severity: latent ? 'warning' : 'critical',
          proof: drops === undefined ? 'inferred' : 'direct',
        }),
      )
    }
    const found = [...claims.values()]
    if (isNonEmpty(found)) return fail(found)
    return open ?? pass(passed as unknown as NonEmpty<Cite>)
  },
})
