/** How checks that compare the files of two nodes come to their ruling. */
import type { Case, Host } from '../model/case.ts'
import { type Claim, fail, notApplicable, pass, type Ruling, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty, type NonEmpty } from '../model/evidence.ts'
import { reloadKeepalived, runStep } from '../model/fix.ts'
import { isComplete, MAIN_CONF } from './keepalived-files.ts'
import { directorLines } from './keepalived-run.ts'
import { isBy, type Refusal } from './refusals.ts'
import { aboutRouter, allComplete, sharedRouters } from './router-pairs.ts'
import { type Speaker, speakersOf, type VirtualRouter } from './vrrp.ts'

export const PAIR_REASONS = {
  alone: (_: Record<string, never>) => 'no two nodes share an instance',
  'one-node': (d: { host: string }) => `only ${d.host} was seen; the configuration of its peer is needed`,
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
}

const ASK = [`cat ${MAIN_CONF}`]
export const LOOK = "timeout 10 tcpdump -nn -v -i any 'ip proto 112'"

/** The claims, or what no difference means: that needs every file, whole, and nothing in it that could mean anything (`doubt`). */
export function rulePairs(hosts: readonly Host[], kase: Case, claims: readonly Claim[], doubt = false): Ruling {
  if (isNonEmpty(claims)) return fail(claims)
  const looked = linesOf(hosts)
  if (doubt || !allComplete(hosts, kase)) return undecided(PAIR_REASONS, 'incomplete', {}, looked, ASK)
  if (sharedRouters(hosts).length > 0) return pass(looked)
  const [only, second] = hosts
  if (only !== undefined && second === undefined)
    return undecided(PAIR_REASONS, 'one-node', { host: only.names[0] }, looked, ASK)
  return notApplicable(PAIR_REASONS, 'alone', {}, looked)
}

/** What was looked at: the files, or else whatever makes the hosts directors. */
export function linesOf(hosts: readonly Host[]): NonEmpty<Cite> {
  const lines = hosts.flatMap(({ facts: { keepalived } }) => (keepalived.state === 'known' ? keepalived.from : []))
  const [first] = hosts
  if (isNonEmpty(lines)) return lines
  return first === undefined ? [{ section: '', line: 0 }] : directorLines(first)
}

/** Both files are all there: what they lack is absent. */
export function bothComplete(a: Speaker, b: Speaker, kase: Case): boolean {
  return isComplete(a.conf, kase) && isComplete(b.conf, kase)
}

export interface Difference {
  readonly router: VirtualRouter
  readonly pair: readonly [Speaker, Speaker]
  /** Lines of the files that differ. */
  readonly lines: NonEmpty<Cite>
  /** Refusals of that kind, of any router. */
  readonly refusals: readonly Refusal[]
  /** Logs or captures prove that the running daemons agree. */
  readonly healthy: boolean
  readonly verify: string
}

export interface Disputed {
  readonly latent: boolean
  readonly rest: Omit<Claim, 'message' | 'data'>
}

/** The parts of a claim about two files that differ, which every such check has alike. */
export function disputed({ router, pair, lines, refusals, healthy, verify }: Difference): Disputed {
  const said = refusals.filter((refusal) => isBy(refusal, router)).map(({ at }) => at)
  const latent = said.length === 0 && healthy
  return {
    latent,
    rest: {
      cites: [...lines, ...said],
      steps: pair.map(({ host }) => reloadKeepalived(host.id, 'moves-traffic')),
      verify,
      about: aboutRouter(router),
      severity: latent ? 'warning' : 'critical',
      proof: said.length > 0 ? 'direct' : 'inferred',
    },
  }
}

/** The parts of a claim about a refusal whose peer was not seen. */
export function refused({ host, instance, at }: Refusal, verify: string): Omit<Claim, 'message' | 'data'> {
  const own = speakersOf([host]).filter((speaker) => instance === undefined || speaker.instance.name === instance)
  return {
    cites: [at],
    steps: [runStep(host.id, LOOK, 'safe')],
    verify,
    about: {
      hosts: [host.id],
      vips: own.flatMap((speaker) => speaker.instance.vips.map(({ ip }) => ip)),
      instances: instance === undefined ? [] : [instance],
    },
    proof: 'direct',
  }
}
