/** A block was copied and its name was not changed: keepalived skips the second one, with all that is in it. */
import { ailment, claim, fail, hostCheck, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { rejectedLines, releaseBeforeRules } from '../topology/conf-rejected.ts'
import { isComplete, MAIN_CONF } from '../topology/keepalived-files.ts'

const messages = {
  twice: ailment<{ host: string; block: string; name: string; first: number }>({
    title: (d) => `A second ${d.block} has the name ${d.name} on ${d.host}: keepalived skips it`,
    text: (d) =>
      `The first one stands${d.first > 0 ? ` in line ${d.first}` : ' above'}. Of the second nothing is read: its addresses, checks and priorities do not exist.`,
    fix: (d) => `Give the second ${d.block} a name of its own, or delete it; then reload.`,
  }),
}

const reasons = {
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
}

const MOST_CLAIMS = 200

export const keepalivedNameTwice = hostCheck({
  id: 'keepalived-name-twice',
  title: 'No two blocks of a kind have the same name in keepalived.conf',
  category: 'keepalived',
  severity: 'critical',
  stage: 'config',
  why: 'Blocks are copied to make the next one. With the old name the copy is passed over, with one line in the log: the second instance never runs, and its VIP is on no node.',
  links: ['https://www.keepalived.org/manpage.html'],
  explains: ['no-vip-anywhere', 'keepalived-name-undefined'],
  on: 'director',
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run({ host, id, name: hostName, keepalived: conf }, { kase }) {
    const claims = rejectedLines(conf.value, ({ kind }) => kind === 'duplicate-name')
      .slice(0, MOST_CLAIMS)
      .map(({ problem: { word: block, value: name = '' }, cites }) => {
        const first = conf.value.root.find(({ keyword, args }) => keyword === block && args[0] === name)
        const data = { host: hostName, block, name, first: first?.at.line ?? 0 }
        return claim(messages, 'twice', data, {
          cites,
          steps: [reloadKeepalived(id)],
          verify: 'keepalived -t   # says nothing and returns 0 (2.0.4 and later)',
          about: { hosts: [id], ...(block === 'vrrp_instance' ? { instances: [name] } : {}) },
          proof: 'inferred',
          ...(releaseBeforeRules(host) === undefined ? {} : { severity: 'warning' }),
        })
      })
    if (isNonEmpty(claims)) return fail(claims)
    if (isComplete(conf, kase)) return pass(conf.from)
    return undecided(reasons, 'incomplete', {}, conf.from, [`cat ${MAIN_CONF}`])
  },
})
