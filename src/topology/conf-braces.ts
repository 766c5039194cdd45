/** Braces of a keepalived.conf that do not match, from its text and from what keepalived says of it. */
import { parseIp } from '../lib/ip.ts'
import type { Host } from '../model/case.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import type { ConfNode, ConfProblem, KeepalivedConf } from '../model/facts.ts'
import { citesOf } from './conf-rejected.ts'
import { linesSinceStart } from './log-lines.ts'

const IN_TEXT = {
  'missing-closing-brace': 'missing',
  'extra-closing-brace': 'extra',
  'missing-opening-brace': 'unopened',
  'unexpected-brace': 'unexpected',
} as const satisfies Partial<Record<ConfProblem['kind'], string>>

export interface BraceFault {
  readonly kind: 'missing' | 'extra' | 'unopened' | 'unexpected'
  /** Block that is not closed: `authentication`; undefined where only the log tells, or a brace is too many. */
  readonly block?: string
  /** Blocks around it, outermost first. */
  readonly within: readonly string[]
  /** The block's head, or the brace, and the lines that are lost with it. */
  readonly cites: NonEmpty<Cite>
}

/** keepalived counts over all files and says so before anything else (parser.c, since 2.0.11). */
const COMPLAINT = /There are (\d+) missing '\}'s or extra '\{'s|Extra '\}' found/

export interface Braces {
  readonly faults: readonly BraceFault[]
  /** What keepalived says of it since its last start. */
  readonly said: readonly { readonly kind: BraceFault['kind']; readonly at: Cite }[]
}

export function bracesOf(host: Host): Braces {
  const conf = host.facts.keepalived
  const problems = conf.state === 'known' ? conf.value.problems : []
  const faults = problems.flatMap((problem): readonly BraceFault[] => {
    const { kind, word, within } = problem
    const what = kind in IN_TEXT ? IN_TEXT[kind as keyof typeof IN_TEXT] : undefined
    const cites = citesOf(problem)
    if (what === undefined || !isNonEmpty(cites)) return []
    return [{ kind: what, within, cites, ...(what === 'missing' || what === 'unopened' ? { block: word } : {}) }]
  })
  const said = linesSinceStart(host, COMPLAINT).map(
    ({ entry, match }) => ({ kind: match[1] === undefined ? 'extra' : 'missing', at: entry.at }) as const,
  )
  return { faults, said }
}

/** Addresses that the text means as VIPs, also where a brace out of place or a misspelt word makes keepalived pass over them. */
export function vipsMeant({ root }: KeepalivedConf): readonly string[] {
  const found = new Set<string>()
  const visit = (nodes: readonly ConfNode[]): void => {
    for (const { keyword, args, children = [] } of nodes) {
      const listed = /^virt/.test(keyword) ? children.map((child) => child.keyword) : []
      for (const word of keyword === 'virtual_server' ? args.slice(0, 1) : listed) {
        const ip = parseIp(word.split('/', 1)[0] ?? '')
        if (ip !== undefined) found.add(ip)
      }
      visit(children)
    }
  }
  visit(root)
  return [...found]
}
