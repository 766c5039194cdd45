/** `priority 300`, `delay_loop` without a number, `10.0.0.300`: keepalived complains, passes over the line and goes on. */
import { ailment, type Claim, claim, fail, hostCheck, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { JUDGES_SINCE, type Rejected, rejectedLines, releaseBeforeRules } from '../topology/conf-rejected.ts'
import { isComplete, MAIN_CONF } from '../topology/keepalived-files.ts'
import { rejectionOf } from '../topology/line-rejection.ts'

/** `wrong`: the words as written; `old`: a release before the rules, '' where none is known. */
type Line = { host: string; wrong: string; where: string; wanted: string; fatal: boolean; old: string }

const effect = (d: Line) =>
  d.old !== ''
    ? `keepalived ${JUDGES_SINCE} and later refuses it; ${d.old}, which runs here, may take it for something else without a word.`
    : d.fatal
      ? 'keepalived reads no further and does not start with it.'
      : 'keepalived complains in its log and goes on without it: what it was to set is not set.'

const rejected = (title: (d: Line) => string, why: (d: Line) => string) =>
  ailment<Line>({
    title: (d) => `keepalived on ${d.host} ${d.old === '' ? 'rejects' : 'may reject'} ${title(d)}${d.where}`,
    text: (d) => `${why(d)} ${effect(d)}`,
    fix: () => 'Correct it in keepalived.conf of every node, test it with "keepalived -t", then reload.',
  })

const messages = {
  value: rejected(
    (d) => `"${d.wrong}"`,
    (d) => (d.wanted === '' ? 'The value is none that is known there.' : `What is wanted there: ${d.wanted}.`),
  ),
  missing: rejected(
    (d) => `"${d.wrong}", which lacks a value,`,
    () => 'The keyword cannot be without one.',
  ),
  repeated: rejected(
    (d) => `a second "${d.wrong}"`,
    () => 'It counts once, and the first one stands.',
  ),
  incomplete: rejected(
    (d) => `the block "${d.wrong}", which has no ${d.wanted},`,
    (d) => `Without ${d.wanted} (or with a wrong one only) the block is taken out again.`,
  ),
  'as-meant': ailment<Line>({
    title: (d) => `keepalived on ${d.host} complains of "${d.wrong}"${d.where}, and does what was meant`,
    text: (d) => `keepalived ${JUDGES_SINCE} and later wants ${d.wanted} there; without the line it is 0 all the same.`,
    fix: () => 'Delete the line: it hides more serious complaints in the log.',
  }),
  empty: ailment<Line>({
    title: (d) => `The block "${d.wrong}" on ${d.host} is empty`,
    text: () => 'keepalived complains in the log of each start, and does what an empty list means.',
    fix: () => 'Fill it or delete it; then reload.',
  }),
  'helps-itself': ailment<Line>({
    title: (d) => `keepalived on ${d.host} misses ${d.wanted} in "${d.wrong}"`,
    text: (d) => `It complains, and goes on as if there had been a fitting ${d.wanted}.`,
    fix: (d) => `Write ${d.wanted} as it is meant, test it with "keepalived -t", then reload.`,
  }),
  quote: rejected(
    () => 'a quote that is never closed',
    () => 'What stands behind the " up to the end of the line is one word, comments and braces included.',
  ),
  'long-line': rejected(
    (d) => `a line of more than 1023 bytes ("${d.wrong}")`,
    () => 'Its line buffer has no more room.',
  ),
}

const reasons = {
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
}

const MOST_CLAIMS = 200

export const keepalivedLineRejected = hostCheck({
  id: 'keepalived-line-rejected',
  title: 'Every line of keepalived.conf has the values its keyword wants',
  category: 'keepalived',
  severity: 'critical',
  stage: 'config',
  why: 'A wrong value is not fatal: keepalived logs one line, passes over it and starts with the default, without the address, or without the whole block. Only a missing value ends it.',
  links: ['https://www.keepalived.org/manpage.html'],
  explains: [],
  on: 'director',
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run({ host, id, name, keepalived: conf }, { kase }) {
    const old = releaseBeforeRules(host) ?? ''
    const claims = rejectedLines(conf.value, (problem) => rejectionOf(problem) !== undefined)
      .slice(0, MOST_CLAIMS)
      .flatMap((line) => claimOf(line, name, id, old))
    if (isNonEmpty(claims)) return fail(claims)
    if (isComplete(conf, kase)) return pass(conf.from)
    return undecided(reasons, 'incomplete', {}, conf.from, [`cat ${MAIN_CONF}`])
  },
})

function claimOf(
  { problem, cites, count, where: places }: Rejected,
  host: string,
  id: string,
  old: string,
): readonly Claim[] {
  const { word, value, range: wanted = '', fatal = false } = problem
  const rejection = rejectionOf(problem)
  if (rejection === undefined) return []
  const wrong = (value === undefined ? word : `${word} ${value}`).slice(0, 80)
  const where = count > 1 ? `${places} (${count} times)` : places
  const severity = old !== '' && rejection.severity === 'critical' ? 'warning' : rejection.severity
  const about = { hosts: [id] }
  const verify = 'keepalived -t   # says nothing and returns 0 (2.0.4 and later)'
  const data = { host, wrong, where, wanted, fatal, old }
  const rest = { cites, steps: [reloadKeepalived(id)], verify, about, severity, proof: 'inferred' } as const
  return [claim(messages, rejection.kind, data, rest)]
}
