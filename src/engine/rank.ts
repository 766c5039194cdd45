/** Which finding explains which: the roots first, the rest folded under them (pitfalls.md, section 4). */
import { type Check, type CheckId, type Claim, type Severity, STAGES } from '../model/check.ts'

export interface Raised {
  readonly id: string
  readonly check: Check
  readonly claim: Claim
  readonly severity: Severity
}

export interface Ranking {
  /** Roots in the order to look at them. */
  readonly roots: readonly { readonly finding: string; readonly explains: readonly string[] }[]
  readonly explainedBy: ReadonlyMap<string, string>
}

const WEIGHT: Readonly<Record<Severity, number>> = { critical: 0, warning: 1, note: 2 }

export function rank(raised: readonly Raised[], registry: readonly Check[]): Ranking {
  const reach = reachable(registry)
  const causes = raised.filter((finding) => mayCause(finding))
  const parents = new Map<string, readonly Raised[]>()
  for (const effect of raised) {
    const explaining = causes.filter((cause) => cause !== effect && explains(cause, effect, reach))
    if (explaining.length > 0 && effect.severity !== 'note') parents.set(effect.id, explaining)
  }
  const roots = raised.filter((f) => mayCause(f) && f.check.stage !== 'symptom' && !parents.has(f.id))
  const rootsOf = (finding: Raised): readonly Raised[] => ancestors(finding, parents).filter((f) => roots.includes(f))
  const covers = new Map<string, string[]>(roots.map((root) => [root.id, []]))
  for (const effect of raised) {
    if (!parents.has(effect.id)) continue
    for (const root of rootsOf(effect)) covers.get(root.id)?.push(effect.id)
  }
  const ordered = [...roots].sort((a, b) => order(a, b, covers))
  const position = new Map(ordered.map((root, index) => [root.id, index]))
  const explainedBy = new Map<string, string>()
  for (const effect of raised) {
    const best = parents.has(effect.id)
      ? [...rootsOf(effect)].sort((a, b) => place(position, a) - place(position, b))[0]
      : undefined
    if (best) explainedBy.set(effect.id, best.id)
  }
  return { roots: ordered.map((root) => ({ finding: root.id, explains: covers.get(root.id) ?? [] })), explainedBy }
}

const place = (position: ReadonlyMap<string, number>, finding: Raised): number =>
  position.get(finding.id) ?? Number.MAX_SAFE_INTEGER

/** Smells and notes never explain anything. */
function mayCause(finding: Raised): boolean {
  return finding.severity !== 'note' && finding.check.neverRoot !== true
}

function explains(cause: Raised, effect: Raised, reach: ReadonlyMap<CheckId, ReadonlySet<CheckId>>): boolean {
  if (cause.check.id === effect.check.id) return false
  const leads = reach.get(cause.check.id)?.has(effect.check.id) ?? false
  // Two that lead to each other would both vanish: neither is then the other's cause.
  const back = reach.get(effect.check.id)?.has(cause.check.id) ?? false
  return leads && !back && related(cause.claim, effect.claim)
}

/** Two findings can only be cause and effect when they are about a host, a VIP or an instance in common. */
function related(a: Claim, b: Claim): boolean {
  return (
    shares(a.about.hosts, b.about.hosts) ||
    shares(a.about.vips, b.about.vips) ||
    shares(a.about.instances, b.about.instances)
  )
}

function shares(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return a?.some((item) => b?.includes(item)) ?? false
}

/** Transitive closure of `explains`, also through checks that did not fail or are not built. */
export function reachable(registry: readonly Check[]): ReadonlyMap<CheckId, ReadonlySet<CheckId>> {
  const edges = new Map(registry.map((check) => [check.id, check.explains]))
  return new Map(
    registry.map((check) => {
      const seen = new Set<CheckId>()
      const open = [...check.explains]
      for (let id = open.pop(); id !== undefined; id = open.pop()) {
        if (seen.has(id) || id === check.id) continue
        seen.add(id)
        open.push(...(edges.get(id) ?? []))
      }
      return [check.id, seen]
    }),
  )
}

function ancestors(finding: Raised, parents: ReadonlyMap<string, readonly Raised[]>): readonly Raised[] {
  const seen = new Set<Raised>()
  const open = [...(parents.get(finding.id) ?? [])]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    open.push(...(parents.get(next.id) ?? []))
  }
  return [...seen]
}

/** Severity, direct proof before inference, nearer to the packet's source, more symptoms explained. */
function order(a: Raised, b: Raised, covers: ReadonlyMap<string, readonly string[]>): number {
  const covered = (finding: Raised): number => covers.get(finding.id)?.length ?? 0
  return (
    WEIGHT[a.severity] - WEIGHT[b.severity] ||
    Number(a.claim.proof === 'inferred') - Number(b.claim.proof === 'inferred') ||
    STAGES.indexOf(a.check.stage) - STAGES.indexOf(b.check.stage) ||
    covered(b) - covered(a) ||
    (a.id < b.id ? -1 : 1)
  )
}
