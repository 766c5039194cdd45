/** Two directors hold the VIP at once: split brain. Neighbours send to whichever was heard last. */
import { shellWord } from '../lib/shell.ts'
import type { Vip } from '../model/case.ts'
import { ailment, type Claim, caseCheck, claim, fail, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { type Holding, lowestSpeaker } from '../topology/vip-holders.ts'
import { rivalsOf } from '../topology/vip-rivals.ts'

type Dual = { vip: string; holders: string; stop: string }

const messages = {
  'two-holders': ailment<Dual>({
    title: (d) => `${d.vip} is on two directors at once: ${d.holders}`,
    text: (d) =>
      `${d.holders} have ${d.vip} on an interface that answers ARP. Outside the few seconds of a failover only the MASTER may have it. Clients and the router reach one or the other by chance, and each takes over the other's connections.`,
    fix: (d) =>
      `Find out why the directors do not hear each other's VRRP adverts${d.stop === '' ? '' : `; until then stop keepalived on ${d.stop}, which has the lower priority`}.`,
  }),
}

const reasons = {
  'moved-since': (d: { host: string; command: string }) =>
    `"${d.command}" was typed on ${d.host} after its addresses were shown, which may have moved the VIP`,
  'no-vip-known': (_: Record<string, never>) => 'no VIP is known: neither keepalived.conf nor an IPVS table was given',
  'one-director': (d: { host: string }) => `only the addresses of ${d.host} were seen; the other director's are needed`,
  'listing-cut': (d: { host: string }) => `nothing shows that the addresses of ${d.host} are all there`,
  'different-moments': (d: { a: string; b: string }) =>
    `${d.a} and ${d.b} were looked at in different moments: a failover may lie between`,
}

const ASK = ['ip addr']

export const dualVip = caseCheck({
  id: 'dual-vip',
  title: 'No VIP is on two directors at once',
  category: 'address',
  severity: 'critical',
  stage: 'symptom',
  why: 'While two directors hold the VIP, every neighbour keeps the MAC of the one it heard last. With NAT half of the connections break at once; with DR and TUN it often goes unnoticed until one of them is stopped.',
  links: ['https://github.com/acassen/keepalived/issues/1702'],
  explains: ['arp-two-macs', 'cap-arp-two-macs', 'arp-vip-mac-changed'],
  on: 'director',
  atLeast: 1,
  needs: { links: 'part' },
  messages,
  reasons,
  run(hosts, view) {
    const [first, second] = hosts
    const from = hosts.map((host) => host.links.from[0])
    if (!first || !isNonEmpty(from)) throw new Error('no director, although one was asked for')
    const seen = view.topology.vips.map((vip) => ({ vip, rivals: rivalsOf(vip, view) }))
    const claims = seen.flatMap(({ vip, rivals }) => claimsOf(vip, rivals.sure))
    if (isNonEmpty(claims)) return fail(claims)
    const moved = seen.find(({ rivals }) => rivals.moved !== undefined)?.rivals.moved
    if (moved) return undecided(reasons, 'moved-since', { host: moved.host, command: moved.text }, [moved.at], ASK)
    const apart = seen.find(({ rivals }) => rivals.apart !== undefined)?.rivals.apart
    if (apart) return undecided(reasons, 'different-moments', { a: apart[0], b: apart[1] }, from, ASK)
    if (view.topology.vips.length === 0)
      return undecided(reasons, 'no-vip-known', {}, from, ['cat /etc/keepalived/keepalived.conf', 'ipvsadm -Ln'])
    if (!second) return undecided(reasons, 'one-director', { host: first.name }, from, ASK)
    const cut = hosts.find((host) => !host.links.whole)
    if (cut) return undecided(reasons, 'listing-cut', { host: cut.name }, cut.links.from, ASK)
    for (const a of hosts)
      for (const b of hosts)
        if (!view.comparable(a.links, b.links))
          return undecided(reasons, 'different-moments', { a: a.name, b: b.name }, from, ASK)
    return pass(from)
  },
})

function claimsOf({ ip }: Vip, rivals: readonly Holding[]): readonly Claim[] {
  const cites = rivals.map(({ holder }) => holder.at)
  if (!isNonEmpty(cites)) return []
  const lowest = lowestSpeaker(ip, [...new Set(rivals.map(({ host }) => host))])
  const stop =
    lowest === undefined
      ? []
      : [runStep(lowest.id, 'systemctl stop keepalived', 'moves-traffic', { undo: 'systemctl start keepalived' })]
  const names = rivals.map(({ host, holder }) => `${host.names[0]} (${holder.dev})`).join(' and ')
  return [
    claim(
      messages,
      'two-holders',
      { vip: ip, holders: names, stop: lowest?.names[0] ?? '' },
      {
        cites,
        steps: [
          ...rivals.map(({ host, holder }) =>
            runStep(host.id, `timeout 5 tcpdump -nn -i ${shellWord(holder.dev)} 'ip proto 112'`, 'safe'),
          ),
          ...stop,
        ],
        verify: `ip -o addr show to ${ip}   # on every director: only one prints a line`,
        about: { hosts: [...new Set(rivals.map(({ host }) => host.id))], vips: [ip] },
        proof: 'inferred',
      },
    ),
  ]
}
