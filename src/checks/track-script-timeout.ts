/** A check script that takes as long as keepalived waits for it: every such run counts as failed. */
import { shellWord } from '../lib/shell.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { isComplete, MAIN_CONF } from '../topology/keepalived-files.ts'
import { showsLastRun } from '../topology/log-lines.ts'
import { checkScripts, timeLimit } from '../topology/script-deeds.ts'
import { gaveUp, succeeded } from '../topology/script-log.ts'

type Slow = { host: string; script: string; limit: number; set: boolean }

const limitOf = (d: Slow) =>
  d.set ? `${d.limit} s (its timeout)` : `${d.limit} s (no timeout is set, so it is the interval)`
const fix = (d: Slow) =>
  `Set "interval" and "timeout" of ${d.script} well above the time it takes, or make the script faster; it should not wait or repair anything itself.`

const messages = {
  'gave-up': ailment<Slow>({
    title: (d) => `keepalived on ${d.host} does not wait for the check ${d.script} to end`,
    text: (d) => `The log says that it was still running after ${limitOf(d)}. A run that is given up counts as failed.`,
    fix,
  }),
  sleeps: ailment<Slow & { seconds: number; file: string }>({
    title: (d) => `The check ${d.script} on ${d.host} sleeps as long as keepalived waits for it`,
    text: (d) =>
      `${d.file} sleeps ${d.seconds} s on its longest way, and keepalived gives it up after ${limitOf(d)}. The run counts as failed and is killed, before the script has seen what it waited for.`,
    fix,
  }),
}

const reasons = {
  'none-tracked': (_: Record<string, never>) => 'no instance tracks a script',
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
  'run-time-unknown': (d: { script: string; limit: number }) =>
    `how long ${d.script} takes was not seen; keepalived waits ${d.limit} s`,
}

/** Lines of the log named for one script. */
const MOST_LINES = 3

export const trackScriptTimeout = hostCheck({
  id: 'track-script-timeout',
  title: 'Every check script ends before keepalived gives it up',
  category: 'keepalived',
  severity: 'warning',
  stage: 'vrrp',
  why: 'Without a timeout of its own, a check script may run as long as its interval. One that waits for a service to come back takes longer exactly when it matters, and is killed half-way.',
  links: ['https://www.keepalived.org/manpage.html'],
  explains: [],
  on: 'director',
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run({ host, id, name, keepalived: conf }, { kase }) {
    const claims: Claim[] = []
    const looked: Cite[] = []
    let open: { script: string; limit: number; at: Cite; ask: string } | undefined
    for (const { script, instances, file, deeds } of checkScripts(host, conf.value, kase)) {
      const limit = timeLimit(script)
      const limitAt = (script.timeout ?? script.interval ?? script).at
      const run = script.script?.value ?? script.name
      const rest: Omit<Claim, 'message' | 'data' | 'cites' | 'proof'> = {
        steps: [reloadKeepalived(id)],
        verify: `time ${run.split(/\s+/).map(shellWord).join(' ')}   # also with the service stopped: well below the timeout`,
        about: { hosts: [id], instances },
      }
      const data = { host: name, script: script.name, limit, set: script.timeout !== undefined }
      const [line, ...others] = gaveUp(host, script.name)
      const [slept, ...naps] = deeds?.sleep.lines ?? []
      const seconds = deeds?.sleep.seconds ?? 0
      const [well] = succeeded(host, script.name)
      if (line !== undefined) {
        const cites = [line, ...others.slice(0, MOST_LINES - 1), limitAt] as const
        claims.push(claim(messages, 'gave-up', data, { cites, proof: 'direct', ...rest }))
      } else if (deeds && slept !== undefined && seconds >= limit) {
        const cites = [deeds.text.at(slept), ...naps.map((nap) => deeds.text.at(nap)), limitAt] as const
        const more = { ...data, seconds, file: file ?? run }
        claims.push(claim(messages, 'sleeps', more, { cites, proof: 'inferred', ...rest }))
      } else if (well && showsLastRun(host)) looked.push(well, limitAt)
      else open ??= { script: script.name, limit, at: limitAt, ask: `time ${file ?? run}` }
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (open)
      return undecided(reasons, 'run-time-unknown', { script: open.script, limit: open.limit }, [open.at], [open.ask])
    if (!isComplete(conf, kase)) return undecided(reasons, 'incomplete', {}, conf.from, [`cat ${MAIN_CONF}`])
    return isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'none-tracked', {}, conf.from)
  },
})
