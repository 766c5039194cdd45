/** A unicast list that does not name the other node: that node never hears this one. */
import { heardMasters } from '../kernel/wire/heard-masters.ts'
import { ailment, type Claim, caseCheck, claim, undecided } from '../model/check.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { isComplete } from '../topology/keepalived-files.ts'
import { saidSinceStart } from '../topology/keepalived-run.ts'
import { linesOf, PAIR_REASONS, rulePairs } from '../topology/pair-ruling.ts'
import { aboutRouter, sharedRouters } from '../topology/router-pairs.ts'
import { namesItself, namesPeer, type Reaches, unicastLine } from '../topology/unicast.ts'
import { effectiveVrrp, type Speaker, sourceAddress } from '../topology/vrrp.ts'
import { agree } from '../topology/vrrp-health.ts'
import { priorityWhenWell } from '../topology/vrrp-weight.ts'

type Lacks = { instance: string; from: string; to: string; address: string; listed: string; latent: string }

const messages = {
  'not-named': ailment<Lacks & { self: boolean }>({
    title: (d) => `${d.from} does not send its adverts to ${d.to} (${d.address})`,
    text: (d) =>
      `unicast_peer of ${d.instance} on ${d.from} lists ${d.listed}${d.self ? ', which is its own address' : ''}; ${d.to} sends and listens at ${d.address}. ` +
      (d.latent === ''
        ? `So ${d.to} never hears ${d.from} and becomes MASTER beside it.`
        : `So ${d.to} never hears ${d.from}. ${d.latent}`),
    fix: (d) => `Put ${d.address} into unicast_peer of ${d.instance} on ${d.from}, then reload.`,
  }),
}

const reasons = {
  ...PAIR_REASONS,
  'address-unknown': (d: { host: string }) => `the address that ${d.host} sends its adverts from was not seen`,
  'maybe-nat': (d: { from: string; to: string }) =>
    `${d.from} lists an address that ${d.to} does not have; between their networks addresses may be translated`,
}

export const unicastPeerWrong = caseCheck({
  id: 'unicast-peer-wrong',
  title: 'Every unicast list names the address the other node sends from',
  category: 'keepalived',
  severity: 'critical',
  stage: 'vrrp',
  why: 'With unicast_peer a node reaches only the addresses in its list. A slip in the list of the MASTER leaves the backup alone, and both hold the VIP; in the list of the backup it waits for the next failover.',
  links: ['https://github.com/acassen/keepalived/issues/2651'],
  explains: ['cap-two-masters', 'dual-vip', 'arp-two-macs', 'arp-vip-mac-changed', 'cap-proto112-unreachable'],
  on: 'director',
  atLeast: 1,
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run(views, { kase }) {
    const hosts = views.map(({ host }) => host)
    const claims: Claim[] = []
    let open: { from: Speaker; to: Speaker; why: Reaches } | undefined
    for (const router of sharedRouters(hosts)) {
      const speakers = router.speakers.filter((speaker) => effectiveVrrp(speaker).unicast)
      for (const from of speakers)
        for (const to of speakers) {
          const why = from === to || !isComplete(from.conf, kase) ? 'yes' : namesPeer(from, to)
          if (why !== 'yes' && why !== 'no') open = { from, to, why }
          if (why !== 'no') continue
          const address = sourceAddress(to)?.ip ?? ''
          // The master hears the lower adverts of the one that does not hear it, and says so every second.
          const heard = saidSinceStart(from.host, 'lower-priority-advert').filter(
            ({ event }) => event.instance === from.instance.name && event.from === address,
          )
          const said = heard.length > 1 ? heard.slice(-1).map(({ entry }) => entry.at) : []
          const above = priorityWhenWell(to) > priorityWhenWell(from)
          const healthy = agree(router.speakers, ({ facts }) => heardMasters(facts.capture))
          const latent = said.length > 0 ? '' : above ? ABOVE : healthy ? STALE : ''
          const listed = from.instance.unicastPeers.map(({ value }) => value).join(', ')
          const names = { instance: router.name, from: from.host.names[0], to: to.host.names[0], address, listed }
          claims.push(
            claim(
              messages,
              'not-named',
              { ...names, self: namesItself(from), latent },
              {
                cites: [unicastLine(from), ...said, to.instance.unicastSrc?.at ?? to.instance.at],
                steps: [reloadKeepalived(from.host.id, 'moves-traffic')],
                verify: `tcpdump -nn -i any -c 5 'ip proto 112 and dst ${address}'   # on ${to.host.names[0]}`,
                about: aboutRouter({ ...router, speakers: [from, to] }),
                severity: latent === '' ? 'critical' : 'warning',
                proof: said.length > 0 ? 'direct' : 'inferred',
              },
            ),
          )
        }
    }
    if (claims.length === 0 && open?.why === 'address-unknown')
      return undecided(
        reasons,
        'address-unknown',
        { host: open.to.host.names[0] },
        [unicastLine(open.from)],
        ['ip addr'],
      )
    if (claims.length === 0 && open?.why === 'maybe-nat') {
      const names = { from: open.from.host.names[0], to: open.to.host.names[0] }
      return undecided(reasons, 'maybe-nat', names, [unicastLine(open.from), ...linesOf([open.to.host])], LOOK)
    }
    return rulePairs(hosts, kase, claims, open !== undefined)
  },
})

const ABOVE = 'It has the higher priority and stays MASTER anyway; the fault bites after the next failover.'
const STALE = 'The running daemons still agree; it bites as soon as the files are read again.'
const LOOK = ["timeout 10 tcpdump -nn -i any 'ip proto 112'"]
