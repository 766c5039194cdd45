/** Two keepalived daemons on one host: each answers for itself, and they undo each other's addresses and tables. */
import { ailment, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { areSeparate, daemonsOf } from '../topology/daemons.ts'
import { allProcesses, directorLines, saidSinceStart } from '../topology/keepalived-run.ts'
import { speakersOf } from '../topology/vrrp.ts'

const messages = {
  'two-daemons': ailment<{ host: string; processes: number; commands: string }>({
    title: (d) => `More than one keepalived daemon runs on ${d.host}`,
    text: (d) =>
      `One daemon is a parent with at most three children; here are ${d.processes}: ${d.commands}. Two daemons with one file send adverts twice, and when one of them stops it takes the VIP and the IPVS table away from the other.`,
    fix: (d) =>
      `Find out who started each on ${d.host} (systemd, a container, somebody at a prompt), keep one and stop the other.`,
  }),
  'start-refused': ailment<{ host: string }>({
    title: (d) => `A second keepalived was started on ${d.host} and gave up`,
    text: () =>
      'It logged "daemon is already running" and ended. The first one goes on; what was changed for the second start is not in force.',
    fix: (d) => `On ${d.host} reload the running daemon instead of starting another.`,
  }),
}

const reasons = {
  none: (_: Record<string, never>) => 'no keepalived runs here',
  unseen: (_: Record<string, never>) => 'no complete list of processes was seen',
  separate: (d: { commands: string }) =>
    `several daemons run, each with a file, name or namespace of its own; they may be meant: ${d.commands}`,
  'cannot-count': (_: Record<string, never>) =>
    'four processes are one daemon with BFD, or two; the parents were not listed',
}

const ASK = ['ps -ef']

export const twoKeepalived = hostCheck({
  id: 'two-keepalived',
  title: 'One keepalived daemon runs on a director',
  category: 'service',
  severity: 'warning',
  stage: 'config',
  why: 'A daemon started by hand beside the service, or in a container beside the host, holds the same VIP with the same id. As long as both run all looks well; the first restart breaks it.',
  links: ['https://github.com/acassen/keepalived/issues/2186'],
  explains: ['ipvs-table-empty', 'no-vip-anywhere'],
  on: 'director',
  needs: {},
  messages,
  reasons,
  run({ host, id, name }) {
    const about = {
      hosts: [id],
      vips: speakersOf([host]).flatMap(({ instance }) => instance.vips.map(({ ip }) => ip)),
      instances: speakersOf([host]).map(({ instance }) => instance.name),
    }
    const verify = 'pgrep -a keepalived   # one parent and its children'
    const daemons = daemonsOf(host)
    const cites = daemons.shown.map(({ at }) => at)
    const commands = [...new Set(daemons.shown.map(({ command }) => command))].join('; ')
    if (daemons.count === 'several' && isNonEmpty(cites)) {
      if (areSeparate(daemons)) return undecided(reasons, 'separate', { commands }, cites, ['ip netns identify PID'])
      const steps = [runStep(id, 'ps -ef | grep [k]eepalived; systemctl status keepalived', 'safe')]
      const data = { host: name, processes: daemons.shown.length, commands }
      return fail([claim(messages, 'two-daemons', data, { cites, steps, verify, about, proof: 'direct' })])
    }
    const all = allProcesses(host)
    if (all && daemons.count === 'one' && isNonEmpty(cites)) return pass(cites)
    const [refused] = saidSinceStart(host, 'error').filter(({ event }) => event.reason === 'daemon is already running')
    if (refused) {
      const steps = [runStep(id, 'systemctl reload keepalived', 'reloads')]
      const rest = {
        cites: [refused.entry.at] as const,
        steps,
        verify,
        about,
        severity: 'note',
        proof: 'direct',
      } as const
      return fail([claim(messages, 'start-refused', { host: name }, rest)])
    }
    if (daemons.count === 'unclear' && isNonEmpty(cites)) return undecided(reasons, 'cannot-count', {}, cites, ASK)
    return all ? notApplicable(reasons, 'none', {}, all) : undecided(reasons, 'unseen', {}, directorLines(host), ASK)
  },
})
