/** A check script that ends in 0 whatever it finds: the weight behind it never counts. */
import { shellWord } from '../lib/shell.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { isComplete, MAIN_CONF } from '../topology/keepalived-files.ts'
import { checkScripts } from '../topology/script-deeds.ts'
import { everFailed } from '../topology/script-log.ts'
import { baseOf } from '../topology/script-text.ts'

type Deaf = { host: string; script: string; file: string; weight: number; stops: boolean }

const messages = {
  'always-zero': ailment<Deaf>({
    title: (d) => `The check ${d.script} on ${d.host} never fails`,
    text: (d) =>
      `Whatever ${d.file} finds, its exit status is 0, which means "all is well" to keepalived. ${d.weight === 0 ? 'The instance never goes to FAULT because of it.' : `The weight ${d.weight} is never applied.`}${d.stops ? ' Only the stop of keepalived inside the script moves the VIP.' : ''}`,
    fix: (d) => `End ${d.file} with "exit 1" where the service is down, and with "exit 0" where it is up.`,
  }),
}

const reasons = {
  'none-tracked': (_: Record<string, never>) => 'no instance tracks a script',
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
  'text-unseen': (d: { script: string }) => `the text of the check script ${d.script} was not seen, or not to its end`,
  'text-not-understood': (d: { script: string }) =>
    `the text of the check script ${d.script} is too much for this check`,
}

/** Commands that fail when what they look for is not there. */
const ASKS = /^(?:killall|pidof|pgrep|pkill|curl|wget|nc|ncat|nmap|ping|systemctl|test|\[|false|check_\w+)$/
const TRUE = /^(?:true|:|echo|exit)$/

export const trackScriptNeverFails = hostCheck({
  id: 'track-script-never-fails',
  title: 'Every check script fails when its service does',
  category: 'keepalived',
  severity: 'warning',
  stage: 'vrrp',
  why: 'keepalived looks at the exit status of a check script and at nothing else. A script that ends in echo, sleep or exit 0 reports success while the service is down, and no failover happens.',
  links: ['https://www.keepalived.org/manpage.html'],
  explains: [],
  on: 'director',
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run({ host, id, name, keepalived: conf }, { kase }) {
    const claims: Claim[] = []
    const looked: Cite[] = []
    let open: { reason: 'text-unseen' | 'text-not-understood'; script: string; at: Cite; ask: string } | undefined
    for (const { script, instances, file, text, deeds } of checkScripts(host, conf.value, kase)) {
      const at = script.script?.at ?? script.at
      const failed = everFailed(host, script.name)
      const program = baseOf(script.script?.value.split(/\s/, 1)[0] ?? '')
      const zero = deeds?.alwaysZero ?? (TRUE.test(program) ? at : undefined)
      const seen = failed ?? (deeds?.text.whole && zero === undefined ? deeds.text.at(0) : undefined)
      if (seen !== undefined) looked.push(at, seen)
      else if (text === undefined && ASKS.test(program)) looked.push(at)
      else if (zero === undefined || text?.whole === false) {
        const reason = text && !deeds ? 'text-not-understood' : 'text-unseen'
        open ??= { reason, script: script.name, at, ask: `cat ${file ?? MAIN_CONF}` }
      } else {
        const where = file ?? script.script?.value ?? script.name
        const weight = script.weight?.value ?? 0
        const stops = (deeds?.stops.length ?? 0) > 0
        claims.push(
          claim(
            messages,
            'always-zero',
            { host: name, script: script.name, file: where, weight, stops },
            {
              cites: [zero, at, ...(script.weight ? [script.weight.at] : [])],
              steps: file === undefined ? [] : [runStep(id, `vi ${shellWord(file)}`, 'safe')],
              verify: `${where}; echo $?   # with the service stopped: not 0`,
              about: { hosts: [id], instances },
              proof: 'inferred',
            },
          ),
        )
      }
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (open) return undecided(reasons, open.reason, { script: open.script }, [open.at], [open.ask])
    if (!isComplete(conf, kase)) return undecided(reasons, 'incomplete', {}, conf.from, [`cat ${MAIN_CONF}`])
    return isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'none-tracked', {}, conf.from)
  },
})
