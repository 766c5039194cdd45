/** Two instances of one host with one virtual_router_id on one interface: keepalived does not start. */
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { isComplete, MAIN_CONF } from '../topology/keepalived-files.ts'
import { saidSinceStart } from '../topology/keepalived-run.ts'
import { vridConflicts } from '../topology/vrid-conflicts.ts'

type Twice = { host: string; first: string; second: string; vrid: number; dev: string }

const messages = {
  'used-twice': ailment<Twice>({
    title: (d) => `${d.first} and ${d.second} on ${d.host} both use virtual_router_id ${d.vrid} on ${d.dev}`,
    text: (d) =>
      `On the wire the two instances are one virtual router. keepalived refuses such a file as a whole ("both use VRID ${d.vrid}") and stops: no instance of ${d.host} runs, no VIP comes up there.`,
    fix: (d) => `Give ${d.second} a virtual_router_id of its own, the same on every node, and start keepalived again.`,
  }),
}

const reasons = {
  'no-instance': (_: Record<string, never>) => 'no instance has a virtual_router_id',
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
}

export const vridDupLocal = hostCheck({
  id: 'vrid-dup-local',
  title: 'Every instance of a host has a virtual_router_id of its own',
  category: 'keepalived',
  severity: 'critical',
  stage: 'config',
  why: 'An instance copied for a second VIP keeps the virtual_router_id of the first. keepalived ends at once with a configuration error, and the director is gone with all its VIPs.',
  links: ['https://www.keepalived.org/manpage.html'],
  explains: ['keepalived-not-running', 'no-vip-anywhere', 'ipvs-table-empty'],
  on: 'director',
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run({ host, id, name, keepalived }, { kase }) {
    const said = saidSinceStart(host, 'error').filter(({ event }) => /both use VRID|duplicate VRID/.test(event.reason))
    const claims = vridConflicts(keepalived).map(({ first, second }): Claim => {
      const told = said
        .filter(({ event }) => event.reason.includes(first.name) && event.reason.includes(second.name))
        .slice(-1)
      const data = {
        host: name,
        first: first.name,
        second: second.name,
        vrid: second.vrid?.value ?? 0,
        dev: second.interface?.value ?? 'one interface',
      }
      return claim(messages, 'used-twice', data, {
        cites: [second.vrid?.at ?? second.at, first.vrid?.at ?? first.at, ...told.map(({ entry }) => entry.at)],
        steps: [runStep(id, 'keepalived -t && systemctl restart keepalived', 'moves-traffic')],
        verify: 'keepalived -t   # no line "both use VRID"',
        about: {
          hosts: [id],
          vips: [...first.vips, ...second.vips].map(({ ip }) => ip),
          instances: [first.name, second.name],
        },
        proof: told.length > 0 ? 'direct' : 'inferred',
      })
    })
    if (isNonEmpty(claims)) return fail(claims)
    if (!isComplete(keepalived, kase))
      return undecided(reasons, 'incomplete', {}, keepalived.from, [`cat ${MAIN_CONF}`])
    const looked = keepalived.value.instances.flatMap(({ vrid }) => (vrid === undefined ? [] : [vrid.at]))
    return isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'no-instance', {}, keepalived.from)
  },
})
