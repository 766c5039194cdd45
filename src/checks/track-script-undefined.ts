/** `track_script { chk_web }` without a `vrrp_script chk_web` before it: the line is ignored, nothing is watched. */
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { isComplete, MAIN_CONF } from '../topology/keepalived-files.ts'
import { directorLines } from '../topology/keepalived-run.ts'
import { linesSinceStart } from '../topology/log-lines.ts'
import { definitionOf, trackedNames } from '../topology/tracked-scripts.ts'

type Unwatched = { host: string; script: string; by: string }

const unwatched = (why: (d: Unwatched) => string, fix: (d: Unwatched) => string) =>
  ailment<Unwatched>({
    title: (d) => `${d.by} on ${d.host} tracks the script ${d.script}, which does not exist for keepalived`,
    text: (d) =>
      `${why(d)} keepalived logs one line and ignores it: the service behind the check can die, and the VIP stays.`,
    fix,
  })

const messages = {
  undefined: unwatched(
    (d) => `No vrrp_script block has the name ${d.script}.`,
    (d) => `Define vrrp_script ${d.script} above the instance, or correct the name, on every node; then reload.`,
  ),
  'defined-later': unwatched(
    (d) => `vrrp_script ${d.script} stands below the block that uses it, and keepalived looks names up as it reads.`,
    (d) => `Move vrrp_script ${d.script} above the blocks that track it, then reload.`,
  ),
}

const reasons = {
  'none-tracked': (_: Record<string, never>) => 'nothing tracks a script',
  unseen: (_: Record<string, never>) => 'neither keepalived.conf nor a complaint of keepalived about it was seen',
  incomplete: (d: { script: string }) =>
    `not all of the configuration was seen${d.script === '' ? '' : `: ${d.script} may be defined in the rest`}`,
}

/** `(VI_1) track script nope not found, ignoring...` */
const COMPLAINT = /(?:\((\S+?)\):? )?track script (\S+) not found/

export const trackScriptUndefined = hostCheck({
  id: 'track-script-undefined',
  title: 'Every tracked script is defined',
  category: 'keepalived',
  severity: 'critical',
  stage: 'config',
  why: 'An instance that tracks a script of an unknown name runs without it. Nothing fails at start; it shows on the day the service dies and the node with the dead service stays MASTER.',
  links: ['https://github.com/acassen/keepalived/issues/1984'],
  explains: [],
  on: 'director',
  needs: {},
  messages,
  reasons,
  run({ host, id, name }, { kase }) {
    const conf = host.facts.keepalived
    const said = linesSinceStart(host, COMPLAINT)
    const ask = [`cat ${MAIN_CONF}`]
    const rest = (instance: string | undefined, direct: boolean): Omit<Claim, 'message' | 'data' | 'cites'> => ({
      steps: [reloadKeepalived(id)],
      verify: "journalctl -u keepalived -n 50 | grep 'track script'   # says nothing after the reload",
      about: { hosts: [id], instances: instance === undefined ? [] : [instance] },
      proof: direct ? 'direct' : 'inferred',
    })
    if (conf.state === 'missing') {
      const claims = said.map(({ entry, match: [, instance, script = ''] }) =>
        claim(
          messages,
          'undefined',
          { host: name, script, by: instance === undefined ? 'keepalived' : `vrrp_instance ${instance}` },
          { cites: [entry.at], ...rest(instance, true) },
        ),
      )
      return isNonEmpty(claims) ? fail(claims) : undecided(reasons, 'unseen', {}, directorLines(host), ask)
    }
    const complete = isComplete(conf, kase)
    const claims: Claim[] = []
    const looked: Cite[] = []
    let open: { script: string; at: Cite } | undefined
    for (const tracked of trackedNames(conf.value)) {
      const { name: script, at, by, instance } = tracked
      const logged = said.filter(({ match }) => match[2] === script).map(({ entry }) => entry.at)
      const definition = definitionOf(tracked, conf.value)
      if (typeof definition === 'object') looked.push(at, definition.at)
      else if (definition === undefined && !complete && logged.length === 0) open ??= { script, at }
      else {
        const message = definition === 'later' ? 'defined-later' : 'undefined'
        const cites = [at, ...logged] as const
        claims.push(
          claim(messages, message, { host: name, script, by }, { cites, ...rest(instance, logged.length > 0) }),
        )
      }
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (open) return undecided(reasons, 'incomplete', { script: open.script }, [open.at], ask)
    if (!complete) return undecided(reasons, 'incomplete', { script: '' }, conf.from, ask)
    return isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'none-tracked', {}, conf.from)
  },
})
