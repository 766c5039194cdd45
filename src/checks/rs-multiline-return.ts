/** A real server with two lines and one default route: answers for the VIP of one line leave by the other, whose provider drops them. */
import { askers } from '../kernel/askers.ts'
import { otherLine } from '../kernel/other-line.ts'
import { policyRoute } from '../kernel/route-fix.ts'
import {
  ailment,
  type Claim,
  claim,
  fail,
  hostCheck,
  notApplicable,
  pass,
  type Ruling,
  undecided,
} from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { arpLinks, hearsVip, servedVips } from '../topology/faces.ts'

type Astray = { host: string; vip: string; client: string; line: string; out: string; via: string; seen: boolean }

const messages = {
  'leaves-by-other-line': ailment<Astray>({
    title: (d) => `${d.host} answers for ${d.vip} by ${d.out}, but the line of ${d.vip} is ${d.line}`,
    text: (d) =>
      `${d.vip} belongs to the network of ${d.line}. The answer to ${d.client} takes the default route by ${d.out} (${d.via}), which is another line, and no policy rule sends it back by ${d.line}. ` +
      (d.seen
        ? 'The capture shows the same answer sent again and again: it does not arrive.'
        : `A router of another line drops packets with the foreign source ${d.vip}.`),
    fix: (d) =>
      `Add a policy rule on ${d.host}: what comes from ${d.vip} uses a table whose default route leaves by ${d.line}.`,
  }),
}

const reasons = {
  'no-line-here': (_: Record<string, never>) => 'no interface of this host lies in the network of a VIP',
  'rules-unseen': (_: Record<string, never>) => 'policy rules decide the way back, and were not seen completely',
  'clients-unknown': (d: { vip: string }) =>
    `some routes leave by another line, and who asks for ${d.vip} is not known`,
  'by-mark': (d: { vip: string }) =>
    `firewall marks choose the route, so the line of answers for ${d.vip} is not known`,
  'router-unknown': (d: { vip: string; out: string }) =>
    `answers for ${d.vip} leave by ${d.out}; whether its router also serves the line of ${d.vip} was not seen`,
}

const ASK = ['tcpdump -nn -i any -c 60 tcp', 'ip neigh']

export const rsMultilineReturn = hostCheck({
  id: 'rs-multiline-return',
  title: 'Answers for a VIP leave by the line the VIP belongs to',
  category: 'route',
  severity: 'critical',
  stage: 'return',
  why: 'In DR and TUN the real server answers by its own routes. With several lines there is one default route, so answers for the VIP of another line leave by the wrong one, and its provider drops packets with a foreign source. Clients see no answer at all.',
  links: ['https://man7.org/linux/man-pages/man8/ip-rule.8.html'],
  explains: ['rp-filter-asymmetric', 'cap-syn-unanswered', 'syn-recv-stuck', 'one-rs-bad'],
  on: 'real-server',
  modes: ['DR', 'TUN'],
  needs: { links: 'whole', routes: 'whole' },
  messages,
  reasons,
  run(host, view) {
    const { links } = host
    const { hosts } = view.kase
    const claims: Claim[] = []
    const looked: Cite[] = []
    let open: Ruling | undefined
    for (const { vip, service } of servedVips(view.topology, host.host)) {
      const lines = arpLinks(links.value).filter((link) => hearsVip(link, vip, host.host, service, hosts) === 'yes')
      if (!isNonEmpty(lines) || vip.includes(':')) continue
      const line = lines[0].name
      const clients = askers(view.topology, hosts, vip).map(({ ip }) => ip)
      for (const client of isNonEmpty(clients) ? clients : [undefined]) {
        const way = otherLine(host.host, hosts, { vip, lines, client })
        if (way.is === 'fine') looked.push(...way.cites)
        if (way.is === 'rules-unseen') return undecided(reasons, way.is, {}, host.routes.from, way.ask)
        if (way.is === 'clients-unknown') open ??= undecided(reasons, way.is, { vip }, [way.at], ASK)
        if (way.is === 'by-mark') open ??= undecided(reasons, way.is, { vip }, [way.at], ASK)
        if (way.is === 'router-unknown') open ??= undecided(reasons, way.is, { vip, out: way.out }, [way.at], ASK)
        if (way.is !== 'astray') continue
        const { out, via, seen, cites, gateway } = way
        const data = { host: host.name, vip, client: client ?? 'clients', line, out, via, seen }
        claims.push(
          claim(messages, 'leaves-by-other-line', data, {
            cites,
            steps: gateway === undefined ? [] : [policyRoute(host.id, vip, gateway, line)],
            verify: `ip route get ${client ?? gateway ?? via} from ${vip}   # dev ${line}`,
            about: { hosts: [host.id], vips: [vip] },
            proof: seen ? 'direct' : 'inferred',
          }),
        )
        break
      }
    }
    if (isNonEmpty(claims)) return fail(claims)
    return open ?? (isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'no-line-here', {}, links.from))
  },
})
