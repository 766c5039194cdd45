/** A check script that cannot be run: keepalived takes the tracker away, or the node counts as failed for ever. */
import { shellWord } from '../lib/shell.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived, runStep } from '../model/fix.ts'
import { isComplete, MAIN_CONF } from '../topology/keepalived-files.ts'
import { type BrokenScript, brokenScripts } from '../topology/script-broken.ts'

type Broken = { host: string; script: string; file: string; status: number }

const broken = (why: (d: Broken) => string, fix: (d: Broken) => string) =>
  ailment<Broken>({ title: (d) => `The check ${d.script} on ${d.host} cannot be run`, text: why, fix })
const removed = 'keepalived takes the check away and goes on without it: when the service dies, the VIP stays.'
const asUser =
  'It runs as the user keepalived_script where there is one, else as root: what works by hand as root may not work there.'

const messages = {
  'not-found': broken(
    (d) => `${d.file} is not there. ${removed}`,
    (d) => `Install ${d.file}, or correct the path in vrrp_script ${d.script}, then reload.`,
  ),
  'not-executable': broken(
    (d) => `The user keepalived runs it as may not execute ${d.file}. ${removed} ${asUser}`,
    (d) => `Make ${d.file} executable (mode 755), and every folder above it passable for that user, then reload.`,
  ),
  'no-user': broken(
    (d) => `The user that is to run ${d.file} does not exist. ${removed}`,
    (d) => `Create the user that vrrp_script ${d.script} or script_user names, or name another one, then reload.`,
  ),
  'cannot-run': broken(
    (d) =>
      `${d.file} ended with status ${d.status}: ${d.status === 127 ? 'it, its interpreter or a command in it was not found' : 'it, or a command in it, may not be executed'}. This counts as a failed service, whatever the service does. ${asUser}`,
    (d) =>
      `Run ${d.file} as the user keepalived runs it as, with full paths and without your PATH, and mend what it says.`,
  ),
}

const reasons = {
  'none-tracked': (_: Record<string, never>) => 'no instance tracks a script',
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
  unseen: (d: { script: string }) => `neither a run nor the mode of the check script ${d.script} was seen`,
}

export const trackScriptBroken = hostCheck({
  id: 'track-script-broken',
  title: 'Every check script can be run by keepalived',
  category: 'keepalived',
  severity: 'critical',
  stage: 'vrrp',
  why: 'A check script that is missing or not executable for the user keepalived runs it as is dropped with one line in the log, and the node never fails over. One that ends in 126 or 127 makes a healthy node count as failed.',
  links: [
    'https://github.com/acassen/keepalived/issues/1325',
    'https://github.com/acassen/keepalived/issues/653',
    'https://github.com/acassen/keepalived/issues/1376',
  ],
  explains: ['track-script-undefined'],
  on: 'director',
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run({ host, id, name, keepalived: conf }, { kase }) {
    const { faults, well, unseen } = brokenScripts(host, conf.value)
    const claims = faults.map((fault) => claimOf(fault, id, name))
    if (isNonEmpty(claims)) return fail(claims)
    const [open] = unseen
    if (open) {
      const ask = open.file === undefined ? 'journalctl -u keepalived -n 300 --no-pager' : `ls -lL ${open.file}`
      return undecided(reasons, 'unseen', { script: open.name }, [open.at], [ask])
    }
    if (!isComplete(conf, kase)) return undecided(reasons, 'incomplete', {}, conf.from, [`cat ${MAIN_CONF}`])
    const looked: readonly Cite[] = well
    return isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'none-tracked', {}, conf.from)
  },
})

function claimOf(
  { kind, name, file, status, instances, cites, direct }: BrokenScript,
  id: string,
  host: string,
): Claim {
  const path = shellWord(file)
  const chmod = kind === 'not-executable' ? [runStep(id, `chmod 755 ${path}`, 'safe')] : []
  return claim(
    messages,
    kind,
    { host, script: name, file, status: status ?? 0 },
    {
      cites,
      steps: [...chmod, reloadKeepalived(id)],
      verify: `${path}; echo $?   # as the user keepalived runs it as: neither 126 nor 127`,
      about: { hosts: [id], instances },
      proof: direct ? 'direct' : 'inferred',
    },
  )
}
