/** A BACKUP that takes over every few minutes, always after the same time: the switch has forgotten the multicast group. */
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { showsLastRun } from '../topology/log-lines.ts'
import { regularWait } from '../topology/regular-wait.ts'
import { loggedInstances, logOf, stateSteps } from '../topology/state-changes.ts'
import { effectiveVrrp, speakersOf } from '../topology/vrrp.ts'

const messages = {
  'same-wait': ailment<{ host: string; instance: string; times: number; seconds: number }>({
    title: (d) => `${d.instance} on ${d.host} takes over again and again, each time after ${d.seconds} s`,
    text: (d) =>
      `${d.times} times ${d.host} became BACKUP, heard the MASTER, and ${d.seconds} s later heard nobody. A constant time is a timer in the network: a switch or hypervisor with IGMP snooping and no querier forgets who wants 224.0.0.18 and stops passing the adverts on.`,
    fix: () =>
      'Set up an IGMP querier on the switch (or turn snooping off for this VLAN), or use unicast_src_ip and unicast_peer on every node.',
  }),
}

const reasons = {
  unicast: (_: Record<string, never>) => 'every instance uses unicast',
  'mode-unseen': (d: { instance: string; seconds: number }) =>
    `${d.instance} takes over every ${d.seconds} s, but whether it uses multicast was not seen`,
  'log-part': (_: Record<string, never>) => 'the log shows no instance, or not everything since keepalived was started',
}

const MOST_LINES = 8

export const multicastTimesOut = hostCheck({
  id: 'multicast-times-out',
  title: 'The network passes adverts on for as long as they are sent',
  category: 'keepalived',
  severity: 'critical',
  stage: 'vrrp',
  why: 'A switch that snoops IGMP forgets a multicast group after some minutes unless somebody keeps asking. The adverts are then no longer delivered, the BACKUP takes over, announces itself, hears the MASTER again, and so on.',
  links: [
    'https://github.com/acassen/keepalived/issues/1686',
    'https://github.com/acassen/keepalived/issues/2405',
    'https://github.com/acassen/keepalived/issues/1367',
  ],
  explains: ['vrrp-lost-in-network', 'cap-two-masters', 'dual-vip', 'arp-vip-mac-changed'],
  on: 'director',
  needs: { log: 'part' },
  messages,
  reasons,
  run({ host, id, name, log }) {
    const entries = logOf(host)
    const speakers = speakersOf([host])
    const conf = host.facts.keepalived
    const claims: Claim[] = []
    const looked: Cite[] = []
    let open: { instance: string; seconds: number; at: Cite } | undefined
    for (const instance of loggedInstances(entries)) {
      const speaker = speakers.find((candidate) => candidate.instance.name === instance)
      if (speaker && effectiveVrrp(speaker).unicast) continue
      looked.push(
        ...stateSteps(entries, instance)
          .slice(-MOST_LINES)
          .map(({ at }) => at),
      )
      const wait = regularWait(entries, instance)
      if (wait === undefined) continue
      const { seconds, times, lines } = wait
      if (speaker === undefined) {
        open ??= { instance, seconds, at: lines[0] }
        continue
      }
      const rest: Omit<Claim, 'message' | 'data'> = {
        cites: lines,
        steps: [runStep(id, `timeout ${2 * seconds} tcpdump -nn -i any 'igmp or ip proto 112'`, 'safe')],
        verify: `journalctl -u keepalived --since -1h | grep STATE   # no change`,
        about: { hosts: [id], instances: [instance], vips: speaker.instance.vips.map(({ ip }) => ip) },
        proof: 'direct',
      }
      claims.push(claim(messages, 'same-wait', { host: name, instance, times, seconds }, rest))
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (open) return undecided(reasons, 'mode-unseen', open, [open.at], ['cat /etc/keepalived/keepalived.conf'])
    if (conf.state === 'known' && speakers.length > 0 && speakers.every((speaker) => effectiveVrrp(speaker).unicast))
      return notApplicable(reasons, 'unicast', {}, conf.from)
    if (!isNonEmpty(looked) || !showsLastRun(host))
      return undecided(reasons, 'log-part', {}, log.from, ['journalctl -u keepalived -b --no-pager'])
    return pass(looked)
  },
})
