/** Words of a keepalived.conf that are no keywords, from its text and from what keepalived says of it. */
import type { Host } from '../model/case.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import { citesOf } from './conf-rejected.ts'
import { nodeFinder } from './conf-tree.ts'
import { saidSinceStart } from './keepalived-run.ts'

export interface UnknownWord {
  readonly word: string
  /** The keyword it was meant to be. */
  readonly meant?: string
  /** Blocks in which it is a keyword. */
  readonly belongs: readonly string[]
  /** A blank has slipped into the keyword: `virtual _ipaddress`. */
  readonly split: boolean
  /** Blocks it stands in: `vrrp_instance VI_1`. */
  readonly within: readonly string[]
  /** Lines of the text, then of the log. */
  readonly cites: NonEmpty<Cite>
  /** keepalived itself has complained. */
  readonly logged: boolean
}

/** Blocks named for one word; nobody reads more of them. */
const MOST_PLACES = 8
/** Behind an unknown block, keepalived complains of each of its lines: `10.0.0.200`, `}`. */
const KEYWORD_LIKE = /^[A-Za-z_][\w-]*$/
/** Not unknown, but out of date: another finding. */
const OBSOLETE = new Set(['nb_get_retry'])

interface Draft {
  readonly word: string
  readonly meant?: string
  belongs: readonly string[]
  split: boolean
  readonly within: Set<string>
  readonly cites: Cite[]
  logged: boolean
}

/** Each word once, however often it stands there. */
export function unknownWords(host: Host): readonly UnknownWord[] {
  const conf = host.facts.keepalived
  const drafts = new Map<string, Draft>()
  const byWord = new Map<string, Set<Draft>>()
  if (conf.state === 'known') {
    const nodeAt = nodeFinder(conf.value)
    for (const problem of conf.value.problems) {
      if (problem.kind !== 'unknown-keyword') continue
      const { word, didYouMean: meant, at, belongs = [] } = problem
      const draft = draftOf(drafts, word, meant)
      byWord.set(word, (byWord.get(word) ?? new Set()).add(draft))
      draft.within.add(problem.within[0] ?? '')
      draft.belongs = belongs
      draft.cites.push(...citesOf(problem))
      const next = nodeAt(word, at)?.args[0]
      if (next !== undefined && meant === word + next) draft.split = true
    }
  }
  // A text seen whole that lacks the word is younger than the complaint.
  const corrected = conf.state === 'known' && conf.whole && conf.value.includes.length === 0
  for (const { event, entry } of saidSinceStart(host, 'unknown-keyword')) {
    const { word } = event
    if (!KEYWORD_LIKE.test(word) || OBSOLETE.has(word) || (corrected && !byWord.has(word))) continue
    for (const draft of byWord.get(word) ?? [draftOf(drafts, word, undefined)]) {
      draft.cites.push(entry.at)
      draft.logged = true
    }
  }
  return [...drafts.values()].flatMap((draft): UnknownWord[] => {
    const within = [...draft.within].filter((label) => label !== '')
    const { word, meant, split, logged, belongs, cites } = draft
    if (!isNonEmpty(cites)) return []
    const places = { within: within.slice(0, MOST_PLACES), cites }
    return [{ word, split, logged, belongs, ...places, ...(meant === undefined ? {} : { meant }) }]
  })
}

function draftOf(drafts: Map<string, Draft>, word: string, meant: string | undefined): Draft {
  const key = `${word} ${meant ?? ''}`
  const draft = drafts.get(key) ?? {
    word,
    belongs: [],
    split: false,
    within: new Set<string>(),
    cites: [],
    logged: false,
    ...(meant === undefined ? {} : { meant }),
  }
  drafts.set(key, draft)
  return draft
}
