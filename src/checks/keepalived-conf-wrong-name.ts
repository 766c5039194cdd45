/** The file that was edited is not the one keepalived reads: `keepalivec.conf`, or another file behind `-f`. */
import { shellWord } from '../lib/shell.ts'
import { ailment, type Claim, claim, fail, hostCheck, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { absenceOf } from '../topology/absent-files.ts'
import { commandLine } from '../topology/command-line.ts'
import { absolute, MAIN_CONF } from '../topology/keepalived-files.ts'
import { directorLines } from '../topology/keepalived-run.ts'
import { nearNames } from '../topology/near-names.ts'

type Near = { host: string; path: string }

const messages = {
  'no-main-file': ailment<Near>({
    title: (d) => `keepalived on ${d.host} finds no ${MAIN_CONF}; there is a ${d.path}`,
    text: (d) =>
      `keepalived reads ${MAIN_CONF} and nothing else unless -f names it. ${d.path} looks like the same name with a slip, so it runs without a configuration, or not at all.`,
    fix: (d) => `Rename ${d.path} to ${MAIN_CONF} and start keepalived.`,
  }),
  'near-name': ailment<Near>({
    title: (d) => `${d.path} on ${d.host} is not read by keepalived`,
    text: (d) =>
      `Beside ${MAIN_CONF} there is ${d.path}, which differs from it by a slip and which no include line names. What was written there has no effect.`,
    fix: (d) => `Compare the two, take over what was meant for ${MAIN_CONF}, and delete ${d.path}.`,
  }),
  'other-file': ailment<{ host: string; file: string }>({
    title: (d) => `keepalived on ${d.host} reads ${d.file}, not ${MAIN_CONF}`,
    text: (d) => `It was started with -f ${d.file}. Changes in ${MAIN_CONF}, which is there as well, have no effect.`,
    fix: (d) => `Edit ${d.file}, or take -f out of the options (KEEPALIVED_OPTIONS, DAEMON_ARGS) and restart.`,
  }),
}

const reasons = {
  unseen: (_: Record<string, never>) => `no complete listing of /etc/keepalived with ${MAIN_CONF} in it was seen`,
  'options-unseen': (_: Record<string, never>) => 'the options keepalived was started with were not seen',
}

export const keepalivedConfWrongName = hostCheck({
  id: 'keepalived-conf-wrong-name',
  title: 'The configuration that was edited is the one keepalived reads',
  category: 'keepalived',
  severity: 'warning',
  stage: 'config',
  why: 'keepalived reads one file, and a slip in its name is easily overlooked in an editor that creates what it does not find. The daemon goes on with the old configuration, or starts with none.',
  links: ['https://www.keepalived.org/manpage.html'],
  explains: ['keepalived-not-running', 'no-vip-anywhere', 'ipvs-table-empty'],
  on: 'director',
  needs: {},
  messages,
  reasons,
  run({ host, id, name }) {
    const { files } = host.facts
    const main = files.state === 'known' ? files.value.entries.find(({ path }) => path === MAIN_CONF) : undefined
    const { lines: absence, logged } = absenceOf(host, MAIN_CONF)
    const started = commandLine(host)
    const about = { hosts: [id] }
    const claims = nearNames(host).flatMap(({ path, at }): readonly Claim[] => {
      const word = shellWord(path)
      if (main)
        return [
          claim(
            messages,
            'near-name',
            { host: name, path },
            {
              cites: [at, main.at],
              steps: [runStep(id, `diff ${MAIN_CONF} ${word}`, 'safe')],
              verify: `ls -l /etc/keepalived   # no ${path}`,
              about,
              proof: 'inferred',
            },
          ),
        ]
      if (!isNonEmpty(absence)) return []
      const rename = `mv -i ${word} ${MAIN_CONF} && keepalived -t && systemctl restart keepalived`
      return [
        claim(
          messages,
          'no-main-file',
          { host: name, path },
          {
            cites: [at, ...absence],
            steps: [runStep(id, rename, 'moves-traffic', { undo: `mv -i ${MAIN_CONF} ${word}` })],
            verify: 'keepalived -t   # says nothing',
            about,
            proof: logged ? 'direct' : 'inferred',
          },
        ),
      ]
    })
    if (main && started?.file !== undefined && absolute(started.file) !== MAIN_CONF) {
      const verify = 'ps axww | grep keepalived   # names the file that is edited'
      const rest = { cites: [started.at, main.at], steps: [], verify, about, proof: 'direct' } as const
      claims.push(claim(messages, 'other-file', { host: name, file: started.file }, rest))
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (files.state === 'missing' || !files.whole || !main)
      return undecided(reasons, 'unseen', {}, directorLines(host), ['ls -l /etc/keepalived'])
    return started ? pass([main.at, started.at]) : undecided(reasons, 'options-unseen', {}, [main.at], ['ps axww'])
  },
})
