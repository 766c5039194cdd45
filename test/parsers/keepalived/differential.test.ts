/**
 * Which lines keepalived complains of, and which we say it complains of: configurations made from the schema, careless
 * edits of them with a fixed seed, and every configuration among the fixtures, each given to the installed program.
 * Every difference has its reason in DIFFERENCES; a difference without one fails. LVSDOCTOR_DIFFERENTIAL=all takes the
 * whole corpus (minutes) instead of an even part of it. Needs keepalived 2.2; says so, and is skipped, where there is none.
 */
import { describe, expect, it } from 'vitest'
import { askAll, installedVersion, type Said } from './installed-program.ts'
import { complaintsOf, inOrder } from './lost-lines.ts'
import { OF_OTHER_RELEASES } from './other-releases.ts'
import { wholeCorpus } from './whole-corpus.ts'

interface Difference {
  /** Fits what keepalived says, or a line of ours as `kind word: text of the line`. */
  readonly said: RegExp
  readonly reason: string
}

/** What keepalived complains of and we do not. */
const LAXER: readonly Difference[] = [
  {
    said: /doesn't exist|unknown interface|Unable to set default user|Failed to set default user|set(?:ting)?.* uid\/gid|Invalid scope/,
    reason: 'the host decides: interfaces, users and names of scopes that another machine may have',
  },
  { said: /Config files missing|No config files matched/, reason: 'files of another machine: listed as unresolved' },
  { said: /iptables not supported/, reason: 'Debian builds keepalived without it; others do not' },
  {
    said: /Missing '\{'|Unexpected '\{'|Extra '\}'|Unknown keyword '\}'/,
    reason: 'braces: compared in installed.test.ts',
  },
  {
    said: /route|rule|Configuration line starting `\d+` is missing/i,
    reason: 'the language of static and virtual routes and rules is that of ip(8): not judged',
  },
  { said: /\$/, reason: 'a variable that nothing defines may be defined where the text was cut off' },
  {
    said: /sorry server .*don't match/,
    reason: 'said where the service ends, because lb_kind TUN may still come; the servers themselves are judged',
  },
  { said: /does not have any delay set/, reason: 'the line with the wrong delay is named; this is its consequence' },
]

/** What we complain of and keepalived does not. */
const STRICTER: readonly Difference[] = []

/** Lines with a difference that has no reason. */
function unexplained(text: string, { complaints }: Said): string[] {
  const lines = text.split('\n')
  const ofOthers = (line: number) => OF_OTHER_RELEASES.has(/[^\s{}"]+/.exec(lines[line - 1] ?? '')?.[0] ?? '')
  const theirs = complaints.filter(({ line, text: said }) => line > 0 && !LAXER.some((one) => one.said.test(said)))
  const ours = complaintsOf(text)
  const told = ours.map(({ line, kind, word }) => ({ line, said: `${kind} ${word}: ${lines[line - 1]}` }))
  const wanted = inOrder(theirs.map(({ line }) => line)).filter((line) => !ofOthers(line))
  const missed = wanted.filter((line) => !ours.some((one) => one.line === line))
  const extra = told.filter(
    ({ line, said }) =>
      !complaints.some((one) => one.line === line) && !ofOthers(line) && !STRICTER.some((one) => one.said.test(said)),
  )
  return [
    ...missed.map((line) => `keepalived only: ${theirs.find((one) => one.line === line)?.text}`),
    ...extra.map(({ line, said }) => `we only: line ${line} ${said}`),
  ]
}

describe.skipIf(installedVersion !== '2.2')('keepalived 2.2 and we', () => {
  it('complain of the same lines', { timeout: 600_000 }, async () => {
    const samples = wholeCorpus()
    const said = await askAll(samples.map(({ text }) => text))
    const differences = samples.flatMap(({ name, text }, index) => {
      const answer = said[index]
      if (answer === undefined || answer.crashed) return []
      return unexplained(text, answer).map((difference) => `${name} -> ${difference}`)
    })
    expect(differences).toEqual([])
    expect(samples.length).toBeGreaterThan(600)
    // Of a few mistakes 2.2.7 dies or never ends: nothing to compare there.
    expect(said.filter(({ crashed }) => crashed).length).toBeLessThan(samples.length / 50)
  })
})
