/** nopreempt beside `state MASTER`: keepalived clears it, and the node takes the VIP back after every restart. */
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { isComplete, MAIN_CONF } from '../topology/keepalived-files.ts'
import { saidSinceStart } from '../topology/keepalived-run.ts'

const messages = {
  cleared: ailment<{ host: string; instance: string }>({
    title: (d) => `nopreempt of ${d.instance} on ${d.host} has no effect beside state MASTER`,
    text: (d) =>
      `keepalived clears nopreempt where the initial state is MASTER. When ${d.host} comes back after a failure it takes the VIP away from its peer again: the second interruption that nopreempt was meant to save.`,
    fix: (d) =>
      `Write state BACKUP for ${d.instance} on every node; nopreempt belongs on the node with the higher priority.`,
  }),
}

const reasons = {
  unused: (_: Record<string, never>) => 'no instance uses nopreempt',
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
}

export const nopreemptStateMaster = hostCheck({
  id: 'nopreempt-state-master',
  title: 'Instances with nopreempt start as BACKUP',
  category: 'keepalived',
  severity: 'warning',
  stage: 'config',
  why: 'nopreempt says: do not take the VIP from a node that works. keepalived ignores it together with state MASTER, with one line in the log, and the VIP moves back when nobody expects it.',
  links: ['https://github.com/acassen/keepalived/issues/346', 'https://github.com/acassen/keepalived/issues/512'],
  explains: [],
  on: 'director',
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run({ host, id, name, keepalived }, { kase }) {
    const using = keepalived.value.instances.flatMap((instance) =>
      instance.nopreempt === undefined ? [] : [{ ...instance, at: instance.nopreempt }],
    )
    const claims = using.flatMap(({ name: instance, state, at, vips }): readonly Claim[] => {
      if (state?.value !== 'MASTER') return []
      const said = saidSinceStart(host, 'error').filter(({ event }) =>
        event.reason.includes(`(${instance}) Warning - nopreempt will not work`),
      )
      return [
        claim(
          messages,
          'cleared',
          { host: name, instance },
          {
            cites: [at, state.at, ...said.slice(-1).map(({ entry }) => entry.at)],
            steps: [reloadKeepalived(id)],
            verify: 'journalctl -u keepalived -n 50 | grep nopreempt   # nothing after the reload',
            about: { hosts: [id], vips: vips.map(({ ip }) => ip), instances: [instance] },
            proof: said.length > 0 ? 'direct' : 'inferred',
          },
        ),
      ]
    })
    if (isNonEmpty(claims)) return fail(claims)
    if (!isComplete(keepalived, kase))
      return undecided(reasons, 'incomplete', {}, keepalived.from, [`cat ${MAIN_CONF}`])
    const looked = using.map(({ at }) => at)
    return isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'unused', {}, keepalived.from)
  },
})
