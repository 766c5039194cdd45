/** SELinux forbids keepalived to run a script or to connect somewhere: by hand it works, under keepalived it does not. */
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { runsScripts } from '../topology/conf-tree.ts'
import { byKind } from '../topology/denials.ts'
import { isComplete } from '../topology/keepalived-files.ts'
import { directorLines } from '../topology/keepalived-run.ts'

type Refused = { host: string; what: string; times: number; target: string }

const refused = (what: (d: Refused) => string, fix: string) =>
  ailment<Refused>({
    title: (d) => `SELinux on ${d.host} does not let keepalived ${d.what}`,
    text: (d) =>
      `The audit log has ${d.times} such refusal${d.times === 1 ? '' : 's'} for the domain keepalived_t (the target has the type ${d.target}). ${what(d)} By hand, as root, the same works: a login shell is not confined.`,
    fix: () => fix,
  })

const messages = {
  script: refused(
    () => 'A check or notify script that may not be run counts as failed, or is not there at all.',
    'Put the scripts under /usr/libexec/keepalived, which has a label for them, and correct their paths; or make a local policy module.',
  ),
  other: refused(
    () => 'What keepalived or its scripts wanted to do there fails.',
    'For connections set the boolean keepalived_connect_any; for anything else make a local policy module from the refusals.',
  ),
}

const reasons = {
  'not-enforcing': (d: { mode: string }) => `SELinux is ${d.mode}: it refuses nothing`,
  'no-script': (_: Record<string, never>) => 'the configuration has no script, and no refusal was seen',
  'mode-unseen': (_: Record<string, never>) => 'whether SELinux is enforcing was not seen',
  'audit-unseen': (_: Record<string, never>) => 'SELinux is enforcing; what it has refused was not seen',
}

const CONNECT = new Set(['name_connect', 'connect', 'name_bind'])
const ASK = 'ausearch -m avc -c keepalived'
const MOST_LINES = 5

export const selinuxBlocksScript = hostCheck({
  id: 'selinux-blocks-script',
  title: 'SELinux lets keepalived do what its configuration asks for',
  category: 'keepalived',
  severity: 'critical',
  stage: 'vrrp',
  why: 'keepalived runs confined (keepalived_t) on distributions with SELinux. Scripts in unusual places may not be run from there, and health checks may not connect to every port. The log of keepalived only shows that they failed.',
  links: [
    'https://github.com/acassen/keepalived/issues/1322',
    'https://github.com/acassen/keepalived/issues/1468',
    'https://github.com/acassen/keepalived/issues/2215',
  ],
  explains: ['track-script-broken', 'rs-weight-zero'],
  on: 'director',
  needs: {},
  messages,
  reasons,
  run({ host, id, name }, { kase }) {
    const { audit, identity } = host.facts
    const mode = identity.state === 'known' ? identity.value.selinux : undefined
    const denials = audit.state === 'known' ? audit.value.denials.filter(({ domain }) => domain === 'keepalived_t') : []
    // Old kernels do not say in the line whether it was only logged: there the mode tells.
    const real = denials.filter(({ permissive }) =>
      permissive === undefined ? mode?.value === 'Enforcing' : !permissive,
    )
    const claims = [...byKind(real)].flatMap(([kind, [first, ...others]]): readonly Claim[] => {
      if (first === undefined) return []
      const lines = others.slice(0, MOST_LINES - 1).map(({ at }) => at)
      const connects = first.permissions.some((permission) => CONNECT.has(permission))
      const what = `${connects ? 'connect' : first.permissions[0]?.replaceAll('_', ' ')} ${first.name ?? first.class}`
      const module = `${ASK} --raw | audit2allow -M keepalived_local && semodule -i keepalived_local.pp`
      return [
        claim(
          messages,
          kind,
          { host: name, what, times: 1 + others.length, target: first.target },
          {
            cites: [first.at, ...lines, ...(mode ? [mode.at] : [])],
            steps: [
              connects
                ? runStep(id, 'setsebool -P keepalived_connect_any on', 'safe', {
                    undo: 'setsebool -P keepalived_connect_any off',
                  })
                : runStep(id, module, 'safe', { undo: 'semodule -r keepalived_local' }),
            ],
            verify: `${ASK} -ts recent   # <no matches>`,
            about: { hosts: [id] },
            proof: 'direct',
          },
        ),
      ]
    })
    if (isNonEmpty(claims)) return fail(claims)
    if (mode && mode.value !== 'Enforcing')
      return notApplicable(reasons, 'not-enforcing', { mode: mode.value }, [mode.at])
    const conf = host.facts.keepalived
    if (denials.length === 0 && conf.state === 'known' && isComplete(conf, kase) && !runsScripts(conf.value))
      return notApplicable(reasons, 'no-script', {}, conf.from)
    if (!mode) return undecided(reasons, 'mode-unseen', {}, directorLines(host), ['getenforce'])
    if (audit.state === 'missing' || !audit.whole) return undecided(reasons, 'audit-unseen', {}, [mode.at], [ASK])
    return pass([mode.at, ...audit.from])
  },
})
