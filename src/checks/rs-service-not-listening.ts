/** Nothing on the real server takes connections to the VIP: the service is down, or bound to another address. */
import { redirectsVip } from '../kernel/vip-redirect.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { idlenessOf } from '../topology/idle-servers.ts'
import { listensOn } from '../topology/port-pairs.ts'
import { aboutRequests, requestsTo } from '../topology/requests.ts'

type Deaf = { host: string; target: string; port: number; bound: string; idle: boolean; last: boolean }

const rest = ({ host, idle, last }: Deaf): string => {
  if (!idle) return `${host} is in the pool and answers its share of the connections with a reset.`
  return last
    ? 'No real server of this service is left.'
    : `${host} is out of the pool or has weight 0, and the others serve.`
}

const messages = {
  'nothing-there': ailment<Deaf>({
    title: (d) => `Nothing listens on port ${d.port} of ${d.host}`,
    text: (d) =>
      `Requests to ${d.target} are balanced to ${d.host}, and no process there has port ${d.port} open. ${rest(d)}`,
    fix: (d) => `Start the service on ${d.host}.`,
  }),
  'other-address': ailment<Deaf>({
    title: (d) => `The service on ${d.host} does not listen on ${d.target}`,
    text: (d) =>
      `Requests arrive at ${d.host} for ${d.target}, and port ${d.port} is open on ${d.bound} only. The health check asks the server's own address and may be content. ${rest(d)}`,
    fix: (d) => `Let the service on ${d.host} listen on every address (0.0.0.0), or on ${d.target} as well.`,
  }),
}

const reasons = {
  'not-tcp': (_: Record<string, never>) => 'no TCP service with a port and an IPv4 address is balanced to this host',
  'may-be-redirected': (d: { port: number }) =>
    `nothing listens on port ${d.port}, but nat rules may send it elsewhere, or were not listed`,
  'list-cut': (_: Record<string, never>) => 'the list of sockets may be longer',
}

export const rsServiceNotListening = hostCheck({
  id: 'rs-service-not-listening',
  title: 'Real servers listen where requests arrive',
  category: 'service',
  severity: 'critical',
  stage: 'real-server',
  why: 'In DR and TUN the request carries the VIP, so a web server that is bound to the own address of the host refuses it, and a health check of that address stays green. A service that is down is the simplest fault of all.',
  links: ['http://www.austintek.com/LVS/LVS-HOWTO/HOWTO/LVS-HOWTO.localnode.html'],
  explains: ['cap-rst-from-rs', 'cap-syn-unanswered', 'one-rs-bad', 'rs-weight-zero'],
  on: 'real-server',
  needs: { sockets: 'part' },
  messages,
  reasons,
  run({ id, name, host, sockets }, { kase }) {
    const requests = requestsTo(host, kase).filter(({ protocol, port }) => protocol === 'tcp' && port !== 0)
    if (requests.length === 0) return notApplicable(reasons, 'not-tcp', {}, sockets.from)
    const claims: Claim[] = []
    const looked: Cite[] = []
    for (const { vip, dst, port, service, ...request } of requests) {
      const listens = listensOn(host, 'tcp', dst, port)
      const open = sockets.value.listening.filter((one) => one.protocol === 'tcp' && one.port === port)
      if (listens === undefined) return undecided(reasons, 'list-cut', {}, sockets.from, ['ss -lnt'])
      if (listens) looked.push(...open.map(({ at }) => at))
      if (listens) continue
      const redirect = redirectsVip(host.facts, { vip: dst, port, protocol: 'tcp' })
      if (redirect.is === 'yes') looked.push(redirect.at ?? sockets.from[0])
      if (redirect.is === 'unknown')
        return undecided(reasons, 'may-be-redirected', { port }, [redirect.at ?? sockets.from[0]], ['iptables-save -c'])
      if (redirect.is !== 'no') continue
      const { idle, lines } = idlenessOf(kase.topology, kase.hosts, id, vip)
      const others = service.servers.flatMap((server) => (server.host === id ? [] : (server.host ?? [])))
      const last = idle && others.every((other) => idlenessOf(kase.topology, kase.hosts, other, vip).idle)
      const bound = [...new Set(open.map(({ ip }) => ip))].join(', ')
      const data = { host: name, target: `${dst}:${port}`, port, bound, idle, last }
      claims.push(
        claim(messages, open.length > 0 ? 'other-address' : 'nothing-there', data, {
          cites: [open[0]?.at ?? sockets.from[0], ...lines],
          steps: [runStep(id, `ss -lntp 'sport = :${port}'`, 'safe')],
          verify: `ss -lnt 'sport = :${port}'   # 0.0.0.0:${port}, *:${port} or ${dst}:${port}`,
          about: aboutRequests(id, [{ vip, dst, port, service, ...request }]),
          severity: idle && !last ? 'note' : 'critical',
          proof: 'direct',
        }),
      )
    }
    if (isNonEmpty(claims)) return fail(claims)
    return pass(isNonEmpty(looked) ? looked : sockets.from)
  },
})
