/** Weighted trackers of an instance in a sync group: keepalived drops them, so the tracked fault moves nothing. */
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { isComplete, MAIN_CONF } from '../topology/keepalived-files.ts'
import { saidSinceStart } from '../topology/keepalived-run.ts'
import { speakersOf } from '../topology/vrrp.ts'
import { ignoringGroup, writtenWeights } from '../topology/vrrp-weight.ts'

const messages = {
  ignored: ailment<{ host: string; instance: string; group: string; trackers: string }>({
    title: (d) => `${d.host} ignores ${d.trackers} of ${d.instance}, which is in sync group ${d.group}`,
    text: (d) =>
      `The instances of a sync group change state together, so keepalived takes no weight from one of them: a weighted script is dropped altogether, an interface counts as if it had none. When what ${d.trackers} watches fails, the priority stays and nothing fails over.`,
    fix: (d) =>
      `Move track_script and track_interface into vrrp_sync_group ${d.group}, or take the weight out so that a failure means FAULT.`,
  }),
}

const reasons = {
  'no-group': (_: Record<string, never>) => 'no instance with weighted trackers is in a sync group',
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
}

export const syncGroupWeight = hostCheck({
  id: 'sync-group-weight',
  title: 'Instances of a sync group track without weight',
  category: 'keepalived',
  severity: 'warning',
  stage: 'config',
  why: 'A weighted check script in an instance of a sync group looks active and is not: keepalived says one line at start and drops it. The service can then die without any failover.',
  links: ['https://www.keepalived.org/manpage.html'],
  explains: [],
  on: 'director',
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run({ host, id, name, keepalived }, { kase }) {
    const grouped = speakersOf([host]).flatMap((speaker) => {
      const group = ignoringGroup(speaker)
      return group === undefined ? [] : [{ speaker, group, weights: writtenWeights(speaker) }]
    })
    const claims = grouped.flatMap(({ speaker: { instance }, group, weights }): readonly Claim[] => {
      const [line, ...others] = weights.map(({ at }) => at)
      if (line === undefined) return []
      const said = saidSinceStart(host, 'error').filter(
        ({ event }) => event.reason.startsWith(`(${instance.name}) ignoring`) && event.reason.includes('SYNC group'),
      )
      const trackers = weights.map((tracker) => `${tracker.name} (weight ${tracker.weight})`).join(', ')
      const member = group.members.find(({ value }) => value === instance.name)?.at ?? group.at
      return [
        claim(
          messages,
          'ignored',
          { host: name, instance: instance.name, group: group.name, trackers },
          {
            cites: [line, ...others, member, ...said.map(({ entry }) => entry.at)],
            steps: [reloadKeepalived(id)],
            verify: 'keepalived -t   # no line "ignoring tracked"',
            about: { hosts: [id], vips: instance.vips.map(({ ip }) => ip), instances: [instance.name] },
            proof: said.length > 0 ? 'direct' : 'inferred',
          },
        ),
      ]
    })
    if (isNonEmpty(claims)) return fail(claims)
    if (!isComplete(keepalived, kase))
      return undecided(reasons, 'incomplete', {}, keepalived.from, [`cat ${MAIN_CONF}`])
    const looked = grouped.map(({ group }) => group.at)
    return isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'no-group', {}, keepalived.from)
  },
})
