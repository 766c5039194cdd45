/** A keyword that the installed release does not know yet, or no more: to that release it is a typo. */
import { ailment, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import type { ConfProblem } from '../model/facts.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { citesOf, placesOf } from '../topology/conf-rejected.ts'
import { isComplete, MAIN_CONF } from '../topology/keepalived-files.ts'
import { compareReleases, releaseOf } from '../topology/keepalived-run.ts'

const messages = {
  unknown: ailment<{ host: string; word: string; where: string; release: string; known: string }>({
    title: (d) => `keepalived ${d.release} on ${d.host} does not know "${d.word}"${d.where}`,
    text: (d) => `The keyword is known ${d.known}. ${d.release} passes over it, and over the block behind it.`,
    fix: () => 'Install a release that knows the keyword, or delete the line; then reload.',
  }),
  needs: ailment<{ host: string; since: string; until: string; words: string }>({
    title: (d) =>
      `The configuration of ${d.host} is for keepalived ${d.since}${d.until === '' ? ' and later' : ` to ${d.until}`}`,
    text: (d) =>
      `Other releases pass over ${d.words}. Which one runs was not seen: "Starting Keepalived v…" in the log tells.`,
    fix: () => 'Compare it with "keepalived --version" on every node.',
  }),
}

const reasons = {
  'every-release': (_: Record<string, never>) => 'it holds no keyword that only some releases know',
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
}

const MOST_WORDS = 6
/** Since then keyword and argument have hardly changed, and everything older is out of service. */
const OLDEST = '1.2'

export const keepalivedKeywordRelease = hostCheck({
  id: 'keepalived-keyword-release',
  title: 'The installed keepalived knows every keyword of its configuration',
  category: 'keepalived',
  severity: 'critical',
  stage: 'config',
  why: 'Keywords come with releases, and a configuration is copied from a newer machine or from the current manual. An older keepalived passes over what it does not know and starts without it.',
  links: ['https://www.keepalived.org/release-notes/index.html'],
  explains: ['vrrp-instance-no-vip'],
  on: 'director',
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run({ host, id, name, keepalived: conf }, { kase }) {
    const problems = conf.value.problems.filter(({ kind }) => kind === 'version-dependent')
    const release = releaseOf(host)
    const rest = {
      steps: [reloadKeepalived(id)],
      verify: 'keepalived --version && keepalived -t   # says nothing and returns 0 (2.0.4 and later)',
      about: { hosts: [id] },
      proof: 'inferred',
    } as const
    const unknown = release === undefined ? [] : problems.filter((problem) => !isKnownTo(problem, release))
    const claims = unknown.flatMap((problem) => {
      const data = { host: name, word: problem.word, where: placesOf([problem]), release: release ?? '' }
      const cites = citesOf(problem)
      return isNonEmpty(cites)
        ? [claim(messages, 'unknown', { ...data, known: knownIn(problem) }, { cites, ...rest })]
        : []
    })
    if (isNonEmpty(claims)) return fail(claims)
    const cites = problems.flatMap(citesOf)
    if (release === undefined && isNonEmpty(cites)) {
      const since = problems.map((one) => one.since ?? OLDEST).reduce((a, b) => (compareReleases(a, b) < 0 ? b : a))
      const until = problems.flatMap((one) => one.until ?? []).sort(compareReleases)[0] ?? ''
      const words = [...new Set(problems.map(({ word }) => word))]
      const more = words.length > MOST_WORDS ? ` and ${words.length - MOST_WORDS} more` : ''
      const data = { host: name, since, until, words: `${words.slice(0, MOST_WORDS).join(', ')}${more}` }
      return fail([claim(messages, 'needs', data, { cites, ...rest, severity: 'note', steps: [] })])
    }
    if (!isComplete(conf, kase)) return undecided(reasons, 'incomplete', {}, conf.from, [`cat ${MAIN_CONF}`])
    return problems.length > 0 ? pass(conf.from) : notApplicable(reasons, 'every-release', {}, conf.from)
  },
})

function isKnownTo({ since, until }: ConfProblem, release: string): boolean {
  if (since !== undefined && compareReleases(release, since) < 0) return false
  return until === undefined || compareReleases(release, until) <= 0
}

function knownIn({ since, until }: ConfProblem): string {
  if (since === undefined) return `up to ${until}`
  return until === undefined ? `since ${since}` : `from ${since} to ${until}`
}
