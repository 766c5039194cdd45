/** keepalived runs, and will not after the next reboot. */
import { ailment, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { runStep } from '../model/fix.ts'
import { keepalivedUnit, processesNamed, runsOutsideUnit } from '../topology/keepalived-run.ts'

const messages = {
  'not-at-boot': ailment<{ host: string; state: string }>({
    title: (d) => `keepalived on ${d.host} does not start at boot`,
    text: (d) =>
      `Its unit is ${d.state}: after a reboot the director comes back without keepalived, and if the other one goes as well nobody holds the VIP. (Something the evidence does not show, such as rc.local, may start it.)`,
    fix: (d) => `Enable keepalived on ${d.host}.`,
  }),
  masked: ailment<{ host: string; state: string }>({
    title: (d) => `keepalived on ${d.host} is masked`,
    text: (d) => `Its unit is ${d.state}: systemd refuses to start it, at boot and by hand.`,
    fix: (d) => `Unmask and enable keepalived on ${d.host}.`,
  }),
}

const reasons = {
  'boot-unseen': (_: Record<string, never>) => 'whether keepalived starts at boot was not seen',
  'no-unit': (_: Record<string, never>) =>
    'there is no unit keepalived: something else starts it, or it is not installed',
  'started-otherwise': (d: { state: string }) => `a ${d.state} unit is started by something else than its own switch`,
  'outside-unit': (_: Record<string, never>) =>
    'the unit does not run, but something speaks for a keepalived in a container or started by hand',
  'cluster-manager': (d: { program: string }) => `${d.program} runs here and starts keepalived itself`,
}

export const keepalivedNotEnabled = hostCheck({
  id: 'keepalived-not-enabled',
  title: 'Every director starts keepalived at boot',
  category: 'service',
  severity: 'warning',
  stage: 'config',
  why: 'Starting the service by hand is enough until the machine reboots. Then the director is up, looks well, and has neither adverts nor VIP; nobody notices until the other director fails.',
  links: ['https://www.freedesktop.org/software/systemd/man/latest/systemctl.html'],
  explains: [],
  on: 'director',
  needs: { units: 'part' },
  messages,
  reasons,
  run({ host, id, name, units }, { topology }) {
    const unit = keepalivedUnit(host)
    const state = unit?.enabled
    if (!unit || state === undefined)
      return undecided(reasons, 'boot-unseen', {}, units.from, ['systemctl is-enabled keepalived'])
    const at = unit.enabledAt ?? unit.at
    if (/^(?:enabled|linked|alias)$/.test(state)) return pass([at])
    if (/^(?:not-found|bad)$/.test(state) || unit.loaded === 'not-found')
      return notApplicable(reasons, 'no-unit', {}, [at])
    if (/^(?:static|indirect|generated|transient|linked-runtime)$/.test(state))
      return notApplicable(reasons, 'started-otherwise', { state }, [at])
    const [manager] = processesNamed(host, /^(?:pacemakerd|heartbeat|rgmanager)$/)
    if (manager) {
      const program = manager.command.split(/\s/, 1)[0] ?? ''
      return notApplicable(reasons, 'cluster-manager', { program }, [manager.at])
    }
    const outside = unit.active === 'inactive' ? runsOutsideUnit(host, topology) : undefined
    if (outside) return undecided(reasons, 'outside-unit', {}, [at, outside], ['ps axww', 'docker ps'])
    const masked = state.startsWith('masked')
    const enable = masked ? 'systemctl unmask keepalived && systemctl enable keepalived' : 'systemctl enable keepalived'
    return fail([
      claim(
        messages,
        masked ? 'masked' : 'not-at-boot',
        { host: name, state },
        {
          cites: [at],
          steps: [runStep(id, enable, 'safe', { undo: 'systemctl disable keepalived' })],
          verify: 'systemctl is-enabled keepalived   # enabled',
          about: { hosts: [id] },
          proof: 'direct',
        },
      ),
    ])
  },
})
