/** `sysctl -w key = value`, copied from a file where blanks are legal: on the command line it sets nothing. */

import { sysctlNumber } from '../kernel/sysctl.ts'
import { brokenAssignments } from '../kernel/sysctl-words.ts'
import { ailment, claim, fail, hostCheck, notApplicable, pass } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'

type Blank = { host: string; key: string; value: string }

const messages = {
  'blank-around-equals': ailment<Blank>({
    title: (d) => `sysctl was not given ${d.key}=${d.value}: there are blanks around the equals sign`,
    text: (d) =>
      `On the command line ${d.key}, the equals sign and ${d.value} are words of their own. sysctl complains about the syntax and leaves ${d.key} as it was. ` +
      'Only in sysctl.conf and sysctl.d are blanks allowed.',
    fix: (d) => `Write it without blanks: sysctl -w ${d.key}=${d.value}`,
  }),
}

const reasons = {
  'nothing-set': (_: Record<string, never>) => 'no sysctl command in the text sets a value',
}

export const sysctlSpaces = hostCheck({
  id: 'sysctl-spaces',
  title: 'No sysctl command has blanks around the equals sign',
  category: 'sysctl',
  severity: 'warning',
  stage: 'config',
  why: 'sysctl takes key=value as one word. With blanks it prints a syntax error, easily missed among other lines, and the value stays what it was, although the command is in the history.',
  links: ['https://man7.org/linux/man-pages/man8/sysctl.8.html'],
  explains: [],
  on: 'any',
  needs: { commands: 'part' },
  messages,
  reasons,
  run(host) {
    const { commands } = host
    const sysctl = host.fact('sysctl')
    const { broken, good } = brokenAssignments(commands.value.commands)
    const left = broken.filter(({ key, value }) => {
      const now = sysctl.state === 'known' ? sysctlNumber(sysctl.value, key)?.value : undefined
      return now === undefined || String(now) !== value
    })
    const claims = left.map(({ key, value, at }) =>
      claim(
        messages,
        'blank-around-equals',
        { host: host.name, key, value },
        {
          cites: [at],
          steps: [
            runStep(host.id, `sysctl -w ${key}=${value}`, 'safe', {
              persist: `echo '${key} = ${value}' >> /etc/sysctl.d/90-lvs.conf`,
            }),
          ],
          verify: `sysctl -n ${key}   # ${value}`,
          about: { hosts: [host.id] },
          proof: 'inferred',
        },
      ),
    )
    if (isNonEmpty(claims)) return fail(claims)
    const right = [...good, ...broken.map(({ at }) => at)]
    return isNonEmpty(right) ? pass(right) : notApplicable(reasons, 'nothing-set', {}, commands.from)
  },
})
