/** Priority 255 means "I own this address": two owners fight, and an owner ignores every weight. */
import { heardMasters } from '../kernel/wire/heard-masters.ts'
import { ailment, type Claim, caseCheck, claim } from '../model/check.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { saidSinceStart } from '../topology/keepalived-run.ts'
import { PAIR_REASONS, rulePairs } from '../topology/pair-ruling.ts'
import { aboutRouter, pairsOf, sharedRouters } from '../topology/router-pairs.ts'
import { effectiveVrrp, OWNER_PRIORITY, type Speaker, speakersOf } from '../topology/vrrp.ts'
import { agree } from '../topology/vrrp-health.ts'
import { priorityLine, writtenWeights } from '../topology/vrrp-weight.ts'

const messages = {
  'two-owners': ailment<{ instance: string; a: string; b: string; latent: boolean }>({
    title: (d) => `${d.a} and ${d.b} both claim priority 255 for ${d.instance}`,
    text: (d) =>
      `255 says that the address is the node's own (so does state MASTER without a priority). Two owners are both MASTER at once and neither gives way; keepalived 2 then lowers one of them to 254 and logs CONFIGURATION ERROR.` +
      (d.latent ? ' At the moment one is MASTER and the other BACKUP; it bites when both start together.' : ''),
    fix: (d) => `Give ${d.instance} priorities below 255, a different one on each node.`,
  }),
  'weights-ignored': ailment<{ host: string; instance: string; trackers: string }>({
    title: (d) => `${d.host} ignores ${d.trackers} because ${d.instance} has priority 255`,
    text: (d) =>
      `The owner of an address never changes its priority, so keepalived drops weighted trackers ("ignoring tracked script … due to address_owner"). When what ${d.trackers} watches fails, the VIP stays on ${d.host}.`,
    fix: (d) => `Give ${d.instance} on ${d.host} a priority of 254 or less.`,
  }),
}

export const priority255Conflict = caseCheck({
  id: 'priority-255-conflict',
  title: 'Priority 255 is used by at most one node, and without weights',
  category: 'keepalived',
  severity: 'critical',
  stage: 'vrrp',
  why: '255 is kept for the router whose own address the VIP is. Two nodes with it become MASTER side by side, and on such a node no check script can ever move the VIP.',
  links: ['https://www.rfc-editor.org/rfc/rfc5798#section-5.2.4', 'https://www.keepalived.org/manpage.html'],
  explains: [
    'priority-tie',
    'track-weight-too-small',
    'cap-two-masters',
    'dual-vip',
    'arp-two-macs',
    'arp-vip-mac-changed',
  ],
  on: 'director',
  atLeast: 1,
  needs: { keepalived: 'part' },
  messages,
  reasons: PAIR_REASONS,
  run(views, { kase }) {
    const hosts = views.map(({ host }) => host)
    const fights = sharedRouters(hosts).flatMap((router) => {
      const owners = router.speakers.filter(isOwner)
      return pairsOf({ ...router, speakers: owners }).map(([a, b]): Claim => {
        const said = owners.flatMap(({ host }) => errorsOf(host, 'configured as address owner'))
        const latent = said.length === 0 && agree(router.speakers, ({ facts }) => heardMasters(facts.capture))
        const names = { instance: router.name, a: a.host.names[0], b: b.host.names[0], latent }
        return claim(messages, 'two-owners', names, {
          cites: [priorityLine(a), priorityLine(b), ...said],
          steps: [reloadKeepalived(b.host.id, 'moves-traffic')],
          verify: 'tcpdump -nn -i any -c 5 vrrp   # one source, prio below 255',
          about: aboutRouter({ ...router, speakers: owners }),
          severity: latent ? 'warning' : 'critical',
          proof: said.length > 0 ? 'direct' : 'inferred',
        })
      })
    })
    const idle = speakersOf(hosts).flatMap((speaker): readonly Claim[] => {
      const weights = isOwner(speaker) ? writtenWeights(speaker) : []
      const [first, ...more] = weights.map(({ at }) => at)
      if (first === undefined) return []
      const { host, instance } = speaker
      const said = errorsOf(host, 'due to address')
      const trackers = weights.map(({ name }) => name).join(', ')
      return [
        claim(
          messages,
          'weights-ignored',
          { host: host.names[0], instance: instance.name, trackers },
          {
            cites: [first, ...more, priorityLine(speaker), ...said],
            steps: [reloadKeepalived(host.id, 'moves-traffic')],
            verify: 'keepalived -t   # no line "due to address_owner"',
            about: { hosts: [host.id], vips: instance.vips.map(({ ip }) => ip), instances: [instance.name] },
            proof: said.length > 0 ? 'direct' : 'inferred',
          },
        ),
      ]
    })
    return rulePairs(hosts, kase, [...fights, ...idle])
  },
})

function isOwner(speaker: Speaker): boolean {
  return effectiveVrrp(speaker).priority === OWNER_PRIORITY
}

function errorsOf(host: Speaker['host'], words: string) {
  const errors = saidSinceStart(host, 'error').filter(({ event }) => event.reason.includes(words))
  return errors.slice(-1).map(({ entry }) => entry.at)
}
