/** Keywords that half of the published examples carry and that keepalived does not want where they stand. */
import { ailment, type Claim, claim, fail, hostCheck, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { rejectedLines } from '../topology/conf-rejected.ts'
import { isComplete, MAIN_CONF } from '../topology/keepalived-files.ts'

const RETRY = 'Write "retry N" (1.3.7 and later) in its place.'

const messages = {
  'never-existed-there': ailment<{ host: string; count: number; where: string }>({
    title: (d) => `keepalived on ${d.host} ignores nb_get_retry in ${d.where}`,
    text: (d) =>
      `nb_get_retry belongs to HTTP_GET and SSL_GET; in ${d.where} keepalived never knew it. It stands there ${d.count} times, and the number of retries is the default all the while.`,
    fix: () => RETRY,
  }),
  renamed: ailment<{ host: string; count: number }>({
    title: (d) => `nb_get_retry on ${d.host} is deprecated`,
    text: (d) =>
      `It still works in HTTP_GET and SSL_GET (${d.count} times here), with a warning in the log of each start.`,
    fix: () => RETRY,
  }),
  deprecated: ailment<{ host: string; words: string; instead: string }>({
    title: (d) => `keepalived on ${d.host} calls ${d.words} deprecated`,
    text: () => 'It is still read, with a warning in the log of each start; a later release may not know it any more.',
    fix: (d) => `Write ${d.instead} in its place.`,
  }),
  'persistence-zero': ailment<{ host: string; count: number }>({
    title: (d) => `persistence_timeout 0 on ${d.host} is out of range`,
    text: (d) =>
      `keepalived 2.x wants 1 to 2678400 seconds, complains, and makes the service not persistent, as was meant (${d.count} times here).`,
    fix: () => 'Delete the line: without it a service is not persistent.',
  }),
}

const reasons = {
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
}

/** Lines cited for one ailment. */
const MOST_LINES = 8

export const deprecatedCheckKeywords = hostCheck({
  id: 'deprecated-check-keywords',
  title: 'Health checks and services use keywords that keepalived still wants',
  category: 'keepalived',
  severity: 'note',
  stage: 'config',
  why: 'keepalived goes on without what it does not know: a retry count that was set is the default, and the log of each start has a complaint that hides more serious ones.',
  links: ['https://www.keepalived.org/manpage.html'],
  explains: [],
  neverRoot: true,
  on: 'director',
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run({ id, name: host, keepalived: conf }, { kase }) {
    const obsolete = conf.value.problems.filter((problem) => problem.kind === 'obsolete-keyword')
    const isHttp = (within: readonly string[]): boolean => /^(?:HTTP|SSL)_GET/.test(within.at(-1) ?? '')
    const strange = obsolete.filter(({ within }) => !isHttp(within))
    const renamed = obsolete.filter(({ within }) => isHttp(within))
    const zero = conf.value.virtualServers.flatMap(({ persistence }) => (persistence?.value === 0 ? [persistence] : []))
    const claims: Claim[] = []
    const found = (
      places: readonly { readonly at: Cite }[],
      make: (rest: Omit<Claim, 'message' | 'data'>) => Claim,
    ) => {
      const cites = places.slice(0, MOST_LINES).map(({ at }) => at)
      if (!isNonEmpty(cites)) return
      const verify = 'keepalived -t   # says nothing and returns 0 (2.0.4 and later)'
      claims.push(make({ cites, steps: [reloadKeepalived(id)], verify, about: { hosts: [id] }, proof: 'inferred' }))
    }
    const where = [...new Set(strange.map(({ within }) => within.at(-1) ?? 'no check'))].join(', ')
    found(strange, (rest) => claim(messages, 'never-existed-there', { host, count: strange.length, where }, rest))
    found(renamed, (rest) => claim(messages, 'renamed', { host, count: renamed.length }, rest))
    found(zero, (rest) => claim(messages, 'persistence-zero', { host, count: zero.length }, rest))
    const isOld = ({ kind }: { kind: string }) => kind === 'deprecated-keyword'
    for (const { problem, cites } of rejectedLines(conf.value, isOld)) {
      const words = problem.value === undefined ? problem.word : `"${problem.word} ${problem.value}"`
      const data = { host, words, instead: problem.didYouMean ?? 'what keepalived.conf(5) names' }
      found(
        cites.map((at) => ({ at })),
        (rest) => claim(messages, 'deprecated', data, rest),
      )
    }
    if (isNonEmpty(claims)) return fail(claims)
    return isComplete(conf, kase)
      ? pass(conf.from)
      : undecided(reasons, 'incomplete', {}, conf.from, [`cat ${MAIN_CONF}`])
  },
})
