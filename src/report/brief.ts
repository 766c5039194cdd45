/** The brief report, for monitoring and chat: the verdict, then one line per problem. */
import type { Report } from '../model/report.ts'
import { problemsOf } from './blocks.ts'
import { problemHead, scopeOf, summaryOf } from './lines-verdict.ts'
import { plainDeep } from './safe.ts'
import { hostNames, STATUS_WORD } from './words.ts'

/** One line per root cause or open finding behind the verdict line; lines are never wrapped or cut. Ends in a newline. */
export function renderBrief(report: Report): string {
  const safe = plainDeep(report)
  const nameOf = hostNames(safe)
  const problems = problemsOf(safe)
  const scope = scopeOf(safe)
  const verdict = [STATUS_WORD[safe.result.status], ...(scope === '' ? [] : [scope]), summaryOf(safe, problems)].join(
    ' - ',
  )
  const rows = problems.map((problem) => {
    const { check, hosts, title } = problem.finding
    return `${problemHead(problem)}  ${check}  ${hosts.map(nameOf).join(' ')}  ${title}`
  })
  return `${[verdict, ...rows].map((row) => row.replace(/[\t\n]+/g, ' ')).join('\n')}\n`
}
