/** Two directors that are each other's real servers hand a packet to and fro until its TTL is used up. */
import { pingPong } from '../kernel/balances-again.ts'
import { circlingTo } from '../kernel/wire/circling.ts'
import { ailment, type Claim, caseCheck, claim, fail, pass, type Ruling, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import { reloadKeepalived, setSysctl } from '../model/fix.ts'
import { balancerOf, masterFirst, mutualDirectors, tablesTogether, takesVip } from '../topology/mutual-directors.ts'
import { servicesInForce } from '../topology/services-in-force.ts'

type Pair = { one: string; other: string; service: string; persistent: number; copies: number; seenOn: string }

const fix = (): string =>
  'Let the backup serve what it gets: backup_only=1 on both, and "lvs_sync_daemon INTERFACE INSTANCE" in global_defs of both keepalived.conf, then reload. Or mark only packets that do not carry the MAC of the other director, and balance that mark.'

const messages = {
  circles: ailment<Pair>({
    title: (d) => `${d.one} and ${d.other} send packets of ${d.service} to each other in circles`,
    text: (d) =>
      `Both balance ${d.service}, and each has the other as a real server. What one hands to the other is balanced there again and may come straight back. ` +
      (d.copies > 0 ? `${d.seenOn} saw one packet ${d.copies} times. ` : '') +
      'Part of the connections fail with "No route to host" or time out.' +
      (d.persistent > 0 ? ` Persistence of ${d.persistent} s makes a client always fine or always dead.` : ''),
    fix,
  }),
  'circles-after-failover': ailment<Pair>({
    title: (d) => `After a failover ${d.one} and ${d.other} would send packets of ${d.service} in circles`,
    text: (d) =>
      `Each has the other as a real server of ${d.service}. ${d.other} is the backup now and serves what it gets; ${d.one} as backup would balance it again.`,
    fix,
  }),
}

const reasons = {
  unclear: (d: { what: string }) => `cannot tell whether packets circle between the directors, ${d.what}`,
}

const KEY = 'net.ipv4.vs.backup_only'

export const lvsPingpong = caseCheck({
  id: 'lvs-pingpong',
  title: 'Directors do not balance what another director sent them',
  category: 'ipvs',
  severity: 'critical',
  stage: 'director',
  why: 'keepalived fills the IPVS table of a backup too. Where the directors are the real servers, the backup balances again what the master sends it and may send it back: the packet circles until it dies.',
  links: [
    'https://docs.kernel.org/networking/ipvs-sysctl.html',
    'http://www.austintek.com/LVS/LVS-HOWTO/HOWTO/LVS-HOWTO.localnode.html',
  ],
  explains: ['cap-loop', 'cap-syn-unanswered', 'syn-recv-stuck'],
  on: 'director',
  atLeast: 2,
  needs: { links: 'part' },
  messages,
  reasons,
  run(hosts, view) {
    const claims: Claim[] = []
    const looked = hosts.flatMap(({ links }) => links.from) as unknown as [Cite, ...Cite[]]
    const doubts: Ruling[] = []
    for (const mutual of mutualDirectors(hosts.map(({ host }) => host))) {
      const { sides, sure } = masterFirst(mutual, view.topology.vips)
      const [one, other] = sides
      const { name: service, vip, persistent } = one.service
      const entries: NonEmpty<Cite> = [one.entry.at, other.entry.at]
      looked.push(...entries)
      // Where the VIP is not local, IPVS never sees the packet and nothing comes back.
      if (vip !== undefined && sides.some(({ host }) => takesVip(host, vip) === false)) continue
      const { when, cites, doubt } = pingPong(balancerOf(one, other), balancerOf(other, one), sure)
      const seen = circlingTo(view.kase.hosts, one.service)
      if (seen !== undefined && (when === 'never' || when === 'after-failover')) {
        const what = 'a capture shows them, but nothing that would do it now'
        doubts.push(undecided(reasons, 'unclear', { what }, seen.loop.cites, ["tcpdump -nn -i any 'tcp'"]))
      } else if (when === 'never') looked.push(...cites)
      else if (seen === undefined && (when === 'unknown' || !tablesTogether(sides, view.comparable))) {
        const { what, ask } = doubt ?? { what: 'the IPVS tables were not seen at one time', ask: ['ipvsadm -Ln'] }
        doubts.push(undecided(reasons, 'unclear', { what }, entries, ask))
      } else {
        const latent = when === 'after-failover'
        const wire = { copies: seen?.loop.sightings ?? 0, seenOn: seen?.seenOn ?? '' }
        const names = { one: one.host.names[0], other: other.host.names[0], service }
        const data = { ...names, ...wire, persistent: persistent?.seconds ?? 0 }
        claims.push(
          claim(messages, latent ? 'circles-after-failover' : 'circles', data, {
            cites: seen === undefined ? [...entries, ...cites] : [seen.loop.cites[0], ...entries, ...cites],
            steps: sides.flatMap(({ host: { id } }) => [
              setSysctl(id, { [KEY]: 1 }, { [KEY]: 0 }),
              reloadKeepalived(id),
            ]),
            verify:
              'ipvsadm -l --daemon   # on the backup: backup sync daemon; then ask the VIP ten times from a client',
            about: { hosts: [one.host.id, other.host.id], vips: vip === undefined ? [] : [vip] },
            severity: latent ? 'warning' : 'critical',
            proof: seen === undefined ? 'inferred' : 'direct',
          }),
        )
      }
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (doubts[0] !== undefined) return doubts[0]
    const blind = hosts.find(({ host, links }) => !links.whole || servicesInForce(host.facts)?.whole !== true)
    if (blind === undefined) return pass(looked)
    const what = `not all addresses and services of ${blind.name} were seen`
    return undecided(reasons, 'unclear', { what }, blind.links.from, ['ip addr', 'ipvsadm -Ln'])
  },
})
