/** Scripts that others could change: keepalived warns, or with enable_script_security refuses to run them. */
import { shellWord } from '../lib/shell.ts'
import type { Host } from '../model/case.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived, runStep } from '../model/fix.ts'
import { isComplete, MAIN_CONF } from '../topology/keepalived-files.ts'
import { linesSinceStart } from '../topology/log-lines.ts'
import { type ScriptPath, scriptPaths } from '../topology/script-paths.ts'

type Unsafe = { host: string; file: string; part: string; what: string }

const messages = {
  'not-enabled': ailment<{ host: string }>({
    title: (d) => `keepalived on ${d.host} runs scripts without enable_script_security`,
    text: () =>
      'keepalived logs "SECURITY VIOLATION" and runs them nevertheless: this is a warning only, and no reason why a failover fails.',
    fix: () =>
      'Add enable_script_security to global_defs once scripts and the folders above them belong to root and nobody else may write there.',
  }),
  refused: ailment<Unsafe>({
    title: (d) => `keepalived on ${d.host} does not run ${d.file}: others could change it`,
    text: (d) =>
      `${d.part === '' ? 'The log says so.' : `${d.part} ${d.what}.`} With enable_script_security keepalived disables such a script and goes on without it: what it watches is not watched any more.`,
    fix: (d) =>
      `Give ${d.file} and every folder above it to root, let nobody else write there, and reload. Scripts that run as another user ("user" in vrrp_script) are not looked at.`,
  }),
}

const reasons = {
  'no-script': (_: Record<string, never>) => 'no check script is configured',
  'not-asked': (_: Record<string, never>) =>
    'enable_script_security is not set, and keepalived was not seen to complain',
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
  'user-unknown': (d: { file: string }) =>
    `others could change ${d.file}; that matters if it runs as root, which it does unless there is a user keepalived_script`,
  'mode-unseen': (d: { path: string }) => `owner and mode of ${d.path} were not seen`,
}

const UNSAFE = /Unsafe permissions found for script '?([^\s']+)'?/
const WARNED = /^SECURITY VIOLATION/

export const scriptSecurity = hostCheck({
  id: 'script-security',
  title: 'Scripts that keepalived runs can be changed by root alone',
  category: 'keepalived',
  severity: 'critical',
  stage: 'config',
  why: 'With enable_script_security keepalived refuses a script that runs as root if anybody else can replace it or a folder on its path. The refusal is one line in the log; the check is then simply not there.',
  links: ['https://www.keepalived.org/manpage.html'],
  explains: [],
  on: 'director',
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run({ host, id, name, keepalived: conf }, { kase }) {
    const on = conf.value.globals.scriptSecurity
    const paths = scriptPaths(host, conf.value)
    const said = linesSinceStart(host, UNSAFE)
    const logged = said.map(({ entry, match: [, file = ''] }) => {
      const found = paths.find((path) => path.file === file)?.unsafe
      return refused(host, file, found, [entry.at, ...(found ? [found.at] : [])])
    })
    const told = new Set(said.map(({ match }) => match[1]))
    const listed = paths.flatMap(({ file, user, unsafe }) =>
      on && unsafe && user === 'root' && !told.has(file) ? [refused(host, file, unsafe, [unsafe.at, on])] : [],
    )
    const claims = [...logged, ...listed]
    const [warned] = on ? [] : linesSinceStart(host, WARNED)
    if (claims.length === 0 && warned) {
      const verify = 'journalctl -u keepalived | grep SECURITY'
      const rest = { cites: [warned.entry.at], steps: [], verify, about: { hosts: [id] }, proof: 'direct' } as const
      claims.push(claim(messages, 'not-enabled', { host: name }, { ...rest, severity: 'note' }))
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (!isComplete(conf, kase)) return undecided(reasons, 'incomplete', {}, conf.from, [`cat ${MAIN_CONF}`])
    if (paths.length === 0) return notApplicable(reasons, 'no-script', {}, conf.from)
    if (!on) return notApplicable(reasons, 'not-asked', {}, conf.from)
    // keepalived looks at the path of scripts alone that run as root.
    const asRoot = paths.filter(({ user }) => user === undefined || user === 'root')
    const open = asRoot.find(({ unsafe }) => unsafe)
    if (open) return undecided(reasons, 'user-unknown', { file: open.file }, [on], ['getent passwd keepalived_script'])
    const unseen = asRoot.find((path) => path.unseen.length > 0)
    if (unseen) {
      const path = unseen.unseen.join(' ')
      return undecided(reasons, 'mode-unseen', { path }, [on], [`ls -ldL ${path}`])
    }
    return pass([on, ...asRoot.flatMap((path) => path.safe)])
  },
})

function refused(
  { id, names: [host] }: Host,
  file: string,
  unsafe: ScriptPath['unsafe'],
  cites: Claim['cites'],
): Claim {
  const { path: part = '', what = '' } = unsafe ?? {}
  const word = shellWord(part)
  const mend = part === '' ? [] : [runStep(id, `chown root: ${word} && chmod go-w ${word}`, 'safe')]
  const rest: Omit<Claim, 'message' | 'data'> = {
    cites,
    steps: [...mend, reloadKeepalived(id)],
    verify: `namei -l ${shellWord(file)}   # root, and no w for group or others, in every line`,
    about: { hosts: [id] },
    proof: cites[0] === unsafe?.at ? 'inferred' : 'direct',
  }
  return claim(messages, 'refused', { host, file, part, what }, rest)
}
