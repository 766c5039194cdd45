/** `include conf.d/*.conf`, and the file is called vrrp.cfg: what it holds does not exist for keepalived. */
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { includesOf } from '../topology/includes.ts'
import { MAIN_CONF } from '../topology/keepalived-files.ts'

const messages = {
  'nothing-there': ailment<{ host: string; pattern: string; beside: string }>({
    title: (d) => `"include ${d.pattern}" on ${d.host} finds no file`,
    text: (d) =>
      `No file has that name or fits that pattern${d.beside === '' ? '' : ` (there is ${d.beside})`}. keepalived 2.x logs "Config files missing" and goes on without what was meant to be there, and "keepalived -t" returns 0; 1.3.5 ends.`,
    fix: () => 'Correct the pattern or rename the file, on every node, then reload.',
  }),
}

const reasons = {
  'no-include': (_: Record<string, never>) => 'the configuration includes nothing',
  'not-all-seen': (d: { pattern: string }) =>
    `whether a file fits ${d.pattern === '' ? 'every include line' : `"include ${d.pattern}"`} was not seen`,
}

export const keepalivedIncludeNoMatch = hostCheck({
  id: 'keepalived-include-no-match',
  title: 'Every include line finds a file',
  category: 'keepalived',
  severity: 'critical',
  stage: 'config',
  why: 'An include line that finds nothing is no error for keepalived 2.x: the instances and virtual servers in the file that was meant are simply not there. Older releases do not start.',
  links: ['https://github.com/sous-chefs/keepalived/issues/62'],
  explains: ['keepalived-not-running', 'no-vip-anywhere', 'ipvs-table-empty', 'track-script-undefined'],
  on: 'director',
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run({ host, id, name, keepalived: conf }, { kase }) {
    const claims: Claim[] = []
    const looked: Cite[] = []
    let open: { pattern: string; at: Cite; ask: string } | undefined
    for (const { pattern, path, at, found, missing, logged, beside } of includesOf(host, kase)) {
      if (found !== undefined) looked.push(at, found)
      else if (isNonEmpty(missing)) {
        const data = { host: name, pattern, beside: beside.map((entry) => entry.path).join(', ') }
        const rest: Omit<Claim, 'message' | 'data'> = {
          cites: [at, ...missing, ...beside.map((entry) => entry.at)],
          steps: [reloadKeepalived(id, 'moves-traffic')],
          verify: 'keepalived -t   # says nothing of missing files',
          about: { hosts: [id] },
          proof: logged ? 'direct' : 'inferred',
        }
        claims.push(claim(messages, 'nothing-there', data, rest))
      } else open ??= { pattern, at, ask: `ls -l ${path.slice(0, path.lastIndexOf('/')) || '/'}` }
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (open) return undecided(reasons, 'not-all-seen', { pattern: open.pattern }, [open.at], [open.ask])
    // The text may go on behind what was seen, with another include line.
    if (!conf.whole) return undecided(reasons, 'not-all-seen', { pattern: '' }, conf.from, [`cat ${MAIN_CONF}`])
    return isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'no-include', {}, conf.from)
  },
})
