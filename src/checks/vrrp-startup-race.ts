/** keepalived starts before its interface passes packets: it hears nobody, and becomes MASTER beside the MASTER. */

import type { FixStep } from '../model/check.ts'
import { ailment, type Claim, caseCheck, claim, fail, pass, undecided } from '../model/check.ts'
import type { HostId } from '../model/evidence.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import { earlyMasters, wasMaster } from '../topology/early-master.ts'
import { showsLastRun } from '../topology/log-lines.ts'
import { effectiveVrrp, speakersOf } from '../topology/vrrp.ts'

type Early = { host: string; peer: string; instance: string; after: number; lasted: number }

const messages = {
  'too-early': ailment<Early>({
    title: (d) => `${d.instance} on ${d.host} becomes MASTER at its start, beside ${d.peer}`,
    text: (d) =>
      `${d.after} s after its start ${d.host} had heard no advert and took the VIP, although ${d.peer} was MASTER all the time; ${Math.round(d.lasted)} s later it heard ${d.peer} and gave up. The interface, bond or switch port did not pass packets yet.`,
    fix: () =>
      'Set "vrrp_startup_delay 10" (2.1 and later) in global_defs, start keepalived after network-online.target, and turn on edge port (portfast) on the switch.',
  }),
}

const reasons = {
  'unicast-state': (d: { instance: string }) =>
    `${d.instance} uses unicast, which a firewall may let in only once the node has sent something itself`,
  'peer-unseen': (d: { host: string; instance: string }) =>
    `${d.host} was MASTER of ${d.instance} for a moment after its start; whether its peer was MASTER then was not seen`,
  'log-part': (d: { host: string }) => `the log of ${d.host} does not show everything since keepalived was started`,
}

const LOG = 'journalctl -u keepalived -b --no-pager'

export const vrrpStartupRace = caseCheck({
  id: 'vrrp-startup-race',
  title: 'A starting node hears the MASTER before it takes over',
  category: 'keepalived',
  severity: 'critical',
  stage: 'vrrp',
  why: 'At boot keepalived may be faster than the network card, the bond or the spanning tree. It waits three adverts, hears nothing, takes the VIP from a healthy MASTER and gives it back: two interruptions for one reboot.',
  links: [
    'https://github.com/acassen/keepalived/issues/1143',
    'https://github.com/acassen/keepalived/issues/2032',
    'https://github.com/acassen/keepalived/issues/2237',
  ],
  explains: ['arp-vip-mac-changed', 'garp-lost'],
  on: 'director',
  atLeast: 1,
  needs: { log: 'part' },
  messages,
  reasons,
  run(views, { kase }) {
    const claims: Claim[] = []
    let open: { reason: 'unicast-state' | 'peer-unseen'; host: string; instance: string; at: Cite } | undefined
    for (const { host, name, id } of views) {
      for (const early of earlyMasters(host)) {
        const { instance, master, heard, start, after, lasted, linkUp } = early
        const peers = kase.hosts.filter((other) => other.id !== id && other.roles.director.is !== 'no')
        const seen = peers.map((peer) => ({ peer, witness: wasMaster(peer, early) }))
        const found = seen.flatMap(({ peer, witness }) =>
          witness.was === 'master' ? [{ peer, at: witness.at }] : [],
        )[0]
        const speaker = speakersOf([host]).find((candidate) => candidate.instance.name === instance)
        if (found === undefined) {
          // A peer that was not MASTER either has started later: nothing was there to be heard.
          if (!seen.some(({ witness }) => witness.was === 'other'))
            open ??= { reason: 'peer-unseen', host: name, instance, at: master.at }
          continue
        }
        if (speaker && effectiveVrrp(speaker).unicast) {
          open ??= { reason: 'unicast-state', host: name, instance, at: master.at }
          continue
        }
        const data = { host: name, peer: found.peer.names[0], instance, after, lasted }
        claims.push(
          claim(messages, 'too-early', data, {
            cites: [master.at, heard.at, start.at, found.at, ...linkUp],
            steps: [waitForNetwork(id)],
            verify: `journalctl -u keepalived -b | grep STATE   # after the next reboot: BACKUP alone`,
            about: {
              hosts: [id, found.peer.id],
              instances: [instance],
              vips: speaker?.instance.vips.map(({ ip }) => ip) ?? [],
            },
            proof: 'direct',
          }),
        )
      }
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (open) return undecided(reasons, open.reason, open, [open.at], [LOG])
    const from = views.flatMap(({ log }) => log.from) as unknown as NonEmpty<Cite>
    const part = views.find(({ host }) => !showsLastRun(host))
    return part ? undecided(reasons, 'log-part', { host: part.name }, from, [LOG]) : pass(from)
  },
})

function waitForNetwork(host: HostId): FixStep {
  const folder = '/etc/systemd/system/keepalived.service.d'
  const unit = "printf '%s\\n' '[Unit]' 'Wants=network-online.target' 'After=network-online.target'"
  const run = `mkdir -p ${folder} && ${unit} > ${folder}/network.conf && systemctl daemon-reload`
  return { host, run, risk: 'safe', undo: `rm ${folder}/network.conf && systemctl daemon-reload` }
}
