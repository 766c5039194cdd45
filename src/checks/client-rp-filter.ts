/** A client in two networks that asks by one and is answered by the other: its own strict check drops the answers of some real servers. */
import { clientLines } from '../kernel/client-lines.ts'
import { reversePathDrops } from '../kernel/rp-counter.ts'
import { setReversePath } from '../kernel/rp-fix.ts'
import { ailment, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { ownAddresses } from '../topology/addresses.ts'

type Refused = { client: string; vip: string; dev: string; asksBy: string; server: string }

const messages = {
  'answers-by-another-line': ailment<Refused>({
    title: (d) => `${d.client} throws away answers from ${d.vip} that come in on ${d.dev}`,
    text: (d) =>
      `${d.client} asks for ${d.vip} by ${d.asksBy}, and ${d.server} answers into the network of ${d.dev}. rp_filter in force on ${d.dev} is 1 (strict) and the route back to ${d.vip} leaves by ${d.asksBy}, ` +
      'so the client drops these answers. Requests that reach another real server may work. Clients behind one gateway are not concerned.',
    fix: (d) =>
      `Set rp_filter to 2 (loose) on all and ${d.dev} of ${d.client}, or test from a client that has one network only.`,
  }),
}

const reasons = {
  'no-client': (_: Record<string, never>) => 'nobody asked for a VIP from this host',
  'role-unknown': (_: Record<string, never>) => 'not known whether somebody asks for a VIP from this host',
  'one-network': (_: Record<string, never>) =>
    'the client has one network only: answers come in where it asked, so its rp_filter does no harm',
  'all-translated': (_: Record<string, never>) =>
    'no service is answered past the director, so answers come in where the client asked',
  unseen: (d: { why: string }) =>
    `cannot tell by which interface answers come in, or whether they are believed: ${d.why}`,
}

const ASK = ['sysctl -a 2>/dev/null | grep "\\.rp_filter"']

const WHY = {
  services: 'how the VIP is served was not seen',
  routes: 'the routes of the client were not seen completely',
  rules: 'the policy rules (ip rule) of the client were not seen',
  value: 'its rp_filter values were not all seen',
  servers: 'the routes of the real servers were not all seen',
} as const

export const clientRpFilter = hostCheck({
  id: 'client-rp-filter',
  title: 'Clients believe answers whichever of their networks they come in by',
  category: 'sysctl',
  severity: 'critical',
  stage: 'client',
  why: 'In DR and TUN the real servers answer the client themselves. A client with a leg in two networks may ask by one and be answered by the other; its strict reverse path check then drops the answers, and the service seems to work for some real servers only.',
  links: ['https://docs.kernel.org/networking/ip-sysctl.html'],
  explains: ['cap-syn-unanswered', 'syn-recv-stuck', 'one-rs-bad'],
  on: 'any',
  needs: { links: 'whole' },
  messages,
  reasons,
  run(host, view) {
    const { links } = host
    const { client } = host.host.roles
    if (client.is === 'no') return notApplicable(reasons, 'no-client', {}, client.looked)
    const own = ownAddresses(host.host.facts)
    const [known] = view.topology.clients
    const asking = view.topology.clients.find(({ ip }) => own.some((one) => one.ip === ip))
    if (client.is === 'unknown' && !asking)
      return known
        ? notApplicable(reasons, 'no-client', {}, known.from)
        : undecided(reasons, 'role-unknown', {}, links.from, ['history | grep curl'])
    const sysctl = host.fact('sysctl')
    if (sysctl.state !== 'known') return undecided(reasons, 'unseen', { why: WHY.value }, links.from, ASK)
    const past = view.topology.services.filter(({ servers }) =>
      servers.some(({ mode }) => mode === 'DR' || mode === 'TUN'),
    )
    const [service] = view.topology.services
    const translated = view.topology.services.every(({ mode }) => mode === 'NAT')
    if (service && translated) return notApplicable(reasons, 'all-translated', {}, service.from)
    if (past.length === 0) return undecided(reasons, 'unseen', { why: WHY.services }, links.from, ['ipvsadm -Ln'])
    const evidence = { links: links.value, sysctl: sysctl.value, from: links.from }
    const lines = clientLines(host.host, view.topology, view.kase.hosts, evidence)
    if (lines.is === 'one-network') return notApplicable(reasons, 'one-network', {}, lines.cites)
    if (lines.is === 'unknown') return undecided(reasons, 'unseen', { why: WHY[lines.why] }, links.from, lines.ask)
    const drops = reversePathDrops(host.fact('counters'))
    const claims = lines.refused.map(({ vip, dev, asksBy, server, direct, cites }) => {
      const data = { client: host.name, vip, dev, asksBy, server: server ?? 'a real server' }
      const serving = past.filter((one) => one.vip === vip).flatMap(({ servers }) => servers)
      const about = serving.flatMap((one) => (one.host !== undefined && one.ip === server ? [one.host] : []))
      return claim(messages, 'answers-by-another-line', data, {
        cites: drops === undefined ? cites : [...cites, drops],
        steps: [setReversePath(host.id, sysctl.value, ['all', dev], 2)],
        verify: `curl -m 3 http://${vip}/   # several times: every real server answers`,
        about: { hosts: [host.id, ...about], vips: [vip] },
        proof: direct || drops !== undefined ? 'direct' : 'inferred',
      })
    })
    return isNonEmpty(claims) ? fail(claims) : pass(lines.cites)
  },
})
