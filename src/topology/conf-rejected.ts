/** Lines of a keepalived.conf that keepalived complains of and passes over, told once for each kind of mistake. */
import type { Host } from '../model/case.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import type { ConfProblem, KeepalivedConf } from '../model/facts.ts'
import { compareReleases, releaseOf } from './keepalived-run.ts'

export interface Rejected {
  /** The first of its kind. */
  readonly problem: ConfProblem
  /** Every line with the same mistake, and those that are lost with it. */
  readonly cites: NonEmpty<Cite>
  readonly count: number
  /** ` in vrrp_instance VI_1 and 3 more`: where they stand, to be put behind a word. */
  readonly where: string
}

/** Blocks named in one sentence. */
const MOST_PLACES = 3

/** Problems of some kinds; the same mistake in twenty servers is one. */
export function rejectedLines(conf: KeepalivedConf, isMeant: (problem: ConfProblem) => boolean): readonly Rejected[] {
  const groups = new Map<string, ConfProblem[]>()
  for (const problem of conf.problems) {
    if (!isMeant(problem)) continue
    const { kind, word, value, range, didYouMean, fatal } = problem
    const key = JSON.stringify([kind, word, value, range, didYouMean, fatal])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [problem])
    else group.push(problem)
  }
  return [...groups.values()].flatMap((problems): readonly Rejected[] => {
    const [problem] = problems
    const cites = problems.flatMap(citesOf)
    if (problem === undefined || !isNonEmpty(cites)) return []
    return [{ problem, cites, count: problems.length, where: placesOf(problems) }]
  })
}

/** The word that is wrong, the end of its block where keepalived notices there, and the lines it costs. */
export function citesOf({ at, column, loses = [] }: ConfProblem): readonly Cite[] {
  const { section, line, last } = at
  const word = column === undefined ? { section, line } : { section, line, column }
  return [word, ...(last === undefined ? [] : [{ section, line: last }]), ...loses]
}

/** ` in vrrp_instance VI_1`, '' at the top level. */
export function placesOf(problems: readonly ConfProblem[]): string {
  const names = [...new Set(problems.map(({ within }) => within.join(' / ')).filter((name) => name !== ''))]
  if (names.length === 0) return ''
  const more = names.length > MOST_PLACES ? ` and ${names.length - MOST_PLACES} more` : ''
  return ` in ${names.slice(0, MOST_PLACES).join(', ')}${more}`
}

/** Rules of 2.x: releases before it take many wrong values as they are, as 0, or as something else. */
export const JUDGES_SINCE = '2.0'

/** The release of the last start, where it is older than the rules by which lines are judged. */
export function releaseBeforeRules(host: Host): string | undefined {
  const release = releaseOf(host)
  return release !== undefined && compareReleases(release, JUDGES_SINCE) < 0 ? release : undefined
}
