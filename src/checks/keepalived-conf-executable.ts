/** A configuration file with an x bit is skipped whole: keepalived starts with nothing to do, and `-t` still returns 0. */
import { shellWord } from '../lib/shell.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived, runStep } from '../model/fix.ts'
import { type OddAccess, oddAccess } from '../topology/conf-access.ts'
import { isComplete, MAIN_CONF } from '../topology/keepalived-files.ts'
import { compareReleases, directorLines, releaseOf } from '../topology/keepalived-run.ts'
import { modesChangedSince, showsItsConfiguration, skippedFiles } from '../topology/skipped-files.ts'

/** The first release that looks at the mode of what it reads. */
const SINCE = '1.3.2'

type Skipped = { host: string; path: string; latent: boolean }

type Odd = { host: string; path: string; what: string; enforcing: boolean }

const skipped = <D extends Skipped>(why: (d: D) => string) =>
  ailment<D>({
    title: (d) => `keepalived on ${d.host} ${d.latent ? 'will skip' : 'skips'} ${d.path}`,
    text: (d) =>
      `${why(d)} ${d.latent ? 'It was read at the last start; the next one skips it, and the VIP goes.' : 'Instances and virtual servers in it do not exist; "keepalived -t" returns 0 all the same.'}`,
    fix: (d) => `Make ${d.path} a regular file of mode 644 (or stricter, without x), then start or reload keepalived.`,
  })

const messages = {
  executable: skipped<Skipped & { mode: string }>(
    (d) => `Its mode is ${d.mode}: since ${SINCE} keepalived passes over a file with any x bit.`,
  ),
  'not-regular': skipped<Skipped & { type: string }>((d) => `It is a ${d.type}; keepalived reads regular files only.`),
  logged: skipped<Skipped>(() => 'The log says so: it has an x bit, or is no regular file.'),
  label: ailment<Odd>({
    title: (d) => `${d.path} on ${d.host} has the SELinux label ${d.what}, of another place`,
    text: (d) =>
      `A file that was moved here keeps the label of where it was written, and keepalived (keepalived_t) may not read that. ${d.enforcing ? 'SELinux is enforcing: the next start finds no configuration.' : 'Whether SELinux is enforcing was not seen, or it only warns.'}`,
    fix: (d) => `Give ${d.path} the label of its place with restorecon, then start or reload keepalived.`,
  }),
  owner: ailment<Odd>({
    title: (d) => `${d.path} on ${d.host} can be written by ${d.what}`,
    text: () => 'The configuration names scripts that keepalived may run as root: who may write it, may become root.',
    fix: (d) => `Let ${d.path} belong to root, mode 644 or stricter.`,
  }),
}

const reasons = {
  'old-release': (d: { version: string }) =>
    `keepalived ${d.version} reads executable files, as all before ${SINCE} do`,
  'changed-since': (_: Record<string, never>) => 'modes were changed after they were listed',
  'mode-unseen': (d: { paths: string }) => `the mode of ${d.paths} was not seen`,
  'includes-unknown': (_: Record<string, never>) => 'not all of the configuration was seen: it may include other files',
}

export const keepalivedConfExecutable = hostCheck({
  id: 'keepalived-conf-executable',
  title: 'Configuration files are regular files of root without an x bit',
  category: 'keepalived',
  severity: 'critical',
  stage: 'config',
  why: 'keepalived 1.3.2 and later skip a configuration file that is executable. The daemon then stops or idles without an instance: no director takes the VIP, and the only trace is one line in the log.',
  links: [
    'https://github.com/osixia/container-keepalived/issues/46',
    'https://github.com/penglongli/haproxy-keepalived/issues/8',
  ],
  explains: ['keepalived-not-running', 'no-vip-anywhere', 'ipvs-table-empty'],
  on: 'director',
  needs: {},
  messages,
  reasons,
  run({ host, id, name }, { kase }) {
    const files = skippedFiles(host)
    const ask = [`ls -lL ${MAIN_CONF}`]
    const direct = files.skipped.some(({ logged }) => logged !== undefined)
    const [first] = files.skipped
    if (first && !direct) {
      const version = releaseOf(host)
      if (version !== undefined && compareReleases(version, SINCE) < 0)
        return notApplicable(reasons, 'old-release', { version }, first.cites)
      if (modesChangedSince(host, kase)) return undecided(reasons, 'changed-since', {}, first.cites, ask)
    }
    const claims: Claim[] = files.skipped.map(({ path, entry, logged, cites }) => {
      const latent = !direct && showsItsConfiguration(host, kase)
      const again = latent ? reloadKeepalived(id) : runStep(id, 'systemctl restart keepalived', 'moves-traffic')
      const chmod = runStep(id, `chmod 644 ${shellWord(path)}`, 'safe')
      const rest = {
        cites,
        steps: entry?.type === 'file' ? [chmod, again] : [],
        verify: `stat -Lc '%a %F %n' ${shellWord(path)}   # 644 regular file`,
        about: { hosts: [id] },
        severity: latent ? 'warning' : 'critical',
        proof: logged ? 'direct' : 'inferred',
      } as const
      const data = { host: name, path, latent }
      if (entry === undefined) return claim(messages, 'logged', data, rest)
      if (entry.type !== 'file') return claim(messages, 'not-regular', { ...data, type: entry.type }, rest)
      return claim(messages, 'executable', { ...data, mode: entry.mode.toString(8) }, rest)
    })
    claims.push(...oddAccess(host).map((odd) => oddClaim(odd, id, name)))
    if (isNonEmpty(claims)) return fail(claims)
    if (!isNonEmpty(files.read) || files.unseen.length > 0)
      return undecided(reasons, 'mode-unseen', { paths: files.unseen.join(', ') }, directorLines(host), ask)
    const conf = host.facts.keepalived
    if (conf.state === 'missing' || !isComplete(conf, kase))
      return undecided(reasons, 'includes-unknown', {}, files.read, [`cat ${MAIN_CONF}`])
    return pass(files.read)
  },
})

function oddClaim({ path, kind, what, enforcing = false, cites }: OddAccess, id: string, host: string): Claim {
  const word = shellWord(path)
  const run = kind === 'label' ? `restorecon -v ${word}` : `chown root: ${word} && chmod 644 ${word}`
  const severity = kind === 'label' && enforcing ? 'warning' : 'note'
  const rest = { cites, verify: `ls -lZ ${word}`, about: { hosts: [id] }, severity, proof: 'inferred' } as const
  return claim(messages, kind, { host, path, what, enforcing }, { ...rest, steps: [runStep(id, run, 'safe')] })
}
