/** A check script that stops keepalived itself: the node is out of the cluster until somebody starts it by hand. */
import { shellWord } from '../lib/shell.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { isComplete, MAIN_CONF } from '../topology/keepalived-files.ts'
import { checkScripts } from '../topology/script-deeds.ts'

const messages = {
  'stops-itself': ailment<{ host: string; script: string; file: string; command: string }>({
    title: (d) => `The check ${d.script} on ${d.host} stops keepalived, and nothing starts it again`,
    text: (d) =>
      `${d.file} runs "${d.command}". The VIP moves, but ${d.host} does not come back when the service does: the next failure finds no second node. It also ends the health checks of the real servers.`,
    fix: (d) =>
      `Take that line out of ${d.file} and let it "exit 1": keepalived lowers the priority or goes to FAULT, and comes back by itself.`,
  }),
}

const reasons = {
  'none-tracked': (_: Record<string, never>) => 'no instance tracks a script',
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
  'text-unseen': (d: { script: string }) => `the text of the check script ${d.script} was not seen, or not to its end`,
}

export const trackScriptStopsKeepalived = hostCheck({
  id: 'track-script-stops-keepalived',
  title: 'No check script stops keepalived',
  category: 'keepalived',
  severity: 'warning',
  stage: 'vrrp',
  why: 'Many guides let the check script stop keepalived when the service is down. That moves the VIP once. The node stays out until somebody notices, because what was to watch the service is stopped as well.',
  links: ['https://www.keepalived.org/manpage.html'],
  explains: ['keepalived-not-running'],
  on: 'director',
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run({ host, id, name, keepalived: conf }, { kase }) {
    const claims: Claim[] = []
    const looked: Cite[] = []
    let open: { script: string; at: Cite; ask: string } | undefined
    for (const { script, instances, file, deeds } of checkScripts(host, conf.value, kase)) {
      const at = script.script?.at ?? script.at
      const [first, ...others] = deeds?.stops ?? []
      if (first !== undefined) {
        const command = first.words.join(' ')
        const where = file ?? script.name
        claims.push(
          claim(
            messages,
            'stops-itself',
            { host: name, script: script.name, file: where, command },
            {
              cites: [first.at, ...others.map((stop) => stop.at), at],
              steps: file === undefined ? [] : [runStep(id, `vi ${shellWord(file)}`, 'safe')],
              verify: 'systemctl is-active keepalived   # still active after the service was stopped',
              about: { hosts: [id], instances },
              proof: 'inferred',
            },
          ),
        )
      } else if (file !== undefined ? deeds?.text.whole !== true : /\bkeepalived\b/.test(script.script?.value ?? ''))
        open ??= { script: script.name, at, ask: `cat ${file ?? MAIN_CONF}` }
      // A command in the place of a file: it is all there, in the configuration.
      else looked.push(at)
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (open) return undecided(reasons, 'text-unseen', { script: open.script }, [open.at], [open.ask])
    if (!isComplete(conf, kase)) return undecided(reasons, 'incomplete', {}, conf.from, [`cat ${MAIN_CONF}`])
    return isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'none-tracked', {}, conf.from)
  },
})
