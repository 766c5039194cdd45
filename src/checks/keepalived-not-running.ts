/** A director without its daemon: no adverts, no VIP, no health checks. */
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import {
  allProcesses,
  directorLines,
  KEEPALIVED,
  keepalivedUnit,
  lastWords,
  processesNamed,
  runsOutsideUnit,
} from '../topology/keepalived-run.ts'

type Down = { host: string; spare: string }

const down = <D extends Down>(why: (d: D) => string) =>
  ailment<D>({
    title: (d) => `keepalived does not run on ${d.host}`,
    text: (d) =>
      `${why(d)} ${d.spare === '' ? 'Nobody takes the VIP here, and nothing checks the real servers.' : `${d.spare} holds the VIP, but nobody is there to take over from it.`}`,
    fix: (d) =>
      `Look for the last error with "journalctl -u keepalived -n 50", mend it, and start keepalived on ${d.host}.`,
  })

const messages = {
  inactive: down<Down & { state: string }>((d) => `systemd says "${d.state}".`),
  'no-process': down<Down>(() => 'There is a keepalived.conf, and no keepalived among all the processes.'),
}

const reasons = {
  unseen: (_: Record<string, never>) => 'neither the state of the service nor a complete list of processes was seen',
  'outside-unit': (_: Record<string, never>) =>
    'the unit does not run, but something speaks for a keepalived in a container or started by hand',
  starting: (_: Record<string, never>) => 'keepalived was just starting or stopping',
  'no-configuration': (_: Record<string, never>) =>
    'no process and no keepalived.conf: something else may balance here',
  'other-manager': (d: { program: string }) => `${d.program} runs here in the place of keepalived`,
}

export const keepalivedNotRunning = hostCheck({
  id: 'keepalived-not-running',
  title: 'Every director runs keepalived',
  category: 'service',
  severity: 'critical',
  stage: 'config',
  why: 'A director whose keepalived has stopped or failed sends no adverts and never takes the VIP. If that is the only director the service is gone; if not, the next failure is an outage.',
  links: ['https://github.com/acassen/keepalived/issues/1783'],
  explains: ['no-vip-anywhere', 'ipvs-table-empty', 'cap-proto112-unreachable'],
  on: 'director',
  needs: {},
  messages,
  reasons,
  run({ host, id, name }, { topology }) {
    const ask = ['systemctl status keepalived', 'ps axww']
    const unit = keepalivedUnit(host)
    const all = allProcesses(host)
    const running = processesNamed(host, KEEPALIVED).map(({ at }) => at)
    // A daemon started by hand or in a container runs outside its unit.
    if (isNonEmpty(running)) return pass(running)
    const holder = topology.vips.flatMap((vip) => vip.holders).find((candidate) => candidate.host !== id)
    const spare = holder?.host ?? ''
    const rest: Omit<Claim, 'message' | 'data' | 'cites'> = {
      steps: [runStep(id, 'systemctl restart keepalived', 'moves-traffic')],
      verify: 'systemctl is-active keepalived   # active',
      about: { hosts: [id] },
      severity: spare === '' ? 'critical' : 'warning',
      proof: 'direct',
    }
    const state = unit?.loaded === 'not-found' ? undefined : unit?.active
    if (unit && state !== undefined) {
      const at = unit.activeAt ?? unit.at
      if (state === 'active' || state === 'reloading') return pass([at])
      const outside = runsOutsideUnit(host, topology)
      if (outside) return undecided(reasons, 'outside-unit', {}, [at, outside], ['ps axww', 'docker ps'])
      const again = unit.sub === 'auto-restart'
      if (/^(?:de)?activating$/.test(state) && !again) return undecided(reasons, 'starting', {}, [at], ask)
      const told = [state, unit.sub, unit.result].filter((word) => word !== undefined).join(', ')
      const cites = [at, ...lastWords(host)] as const
      return fail([claim(messages, 'inactive', { host: name, spare, state: told }, { cites, ...rest })])
    }
    if (!all) return undecided(reasons, 'unseen', {}, directorLines(host), ask)
    const [other] = processesNamed(host, /^ldirectord$/)
    if (other) return notApplicable(reasons, 'other-manager', { program: 'ldirectord' }, [other.at])
    const conf = host.facts.keepalived
    if (conf.state === 'missing') return undecided(reasons, 'no-configuration', {}, all, ['ls -l /etc/keepalived'])
    const cites = [all[0], ...lastWords(host), conf.from[0]] as const
    return fail([claim(messages, 'no-process', { host: name, spare }, { cites, ...rest })])
  },
})
