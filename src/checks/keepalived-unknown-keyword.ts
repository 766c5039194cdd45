/** keepalived passes over a word it does not know, with the whole block behind it, and starts nevertheless. */
import { ailment, type Claim, claim, fail, hostCheck, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { isComplete, MAIN_CONF } from '../topology/keepalived-files.ts'
import { directorLines } from '../topology/keepalived-run.ts'
import { type UnknownWord, unknownWords } from '../topology/unknown-words.ts'

const MOST_CLAIMS = 200
const MOST_BLOCKS = 4

type Unknown = { host: string; word: string; where: string }
type Misspelt = Unknown & { meant: string; split: boolean }
type Misplaced = Unknown & { belongs: string }

const messages = {
  misspelt: ailment<Misspelt>({
    title: (d) => `keepalived on ${d.host} skips "${d.word}": it is no keyword, ${d.meant} was meant`,
    text: (d) =>
      `keepalived passes over "${d.word}"${d.where} and over the block behind it, so ${d.meant} is not set.${d.split ? ' A blank has slipped into the word, if it is really in the file: copying from a rendered page can break words.' : ''}`,
    fix: (d) => `Write ${d.meant} in keepalived.conf of every node, test it with "keepalived -t", then reload.`,
  }),
  misplaced: ailment<Misplaced>({
    title: (d) => `keepalived on ${d.host} skips "${d.word}"${d.where}: it is no keyword there`,
    text: (d) =>
      `"${d.word}" belongs into ${d.belongs}. Where it stands keepalived passes over it, and over the block behind it where there is one.`,
    fix: (d) => `Move "${d.word}" into ${d.belongs}, or delete it; test it with "keepalived -t", then reload.`,
  }),
  unknown: ailment<Unknown>({
    title: (d) => `keepalived on ${d.host} does not know the keyword "${d.word}"`,
    text: (d) => `It passes over "${d.word}"${d.where}, and over the block behind it where there is one.`,
    fix: () => 'Look the keyword up in keepalived.conf(5) of the installed release, correct or delete it, then reload.',
  }),
}

const reasons = {
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
  unseen: (_: Record<string, never>) => 'neither keepalived.conf nor a complaint of keepalived about it was seen',
}

export const keepalivedUnknownKeyword = hostCheck({
  id: 'keepalived-unknown-keyword',
  title: 'Every keyword in keepalived.conf is one',
  category: 'keepalived',
  severity: 'critical',
  stage: 'config',
  why: 'A typo in a keyword is not fatal: keepalived passes over the word and its block and starts. An instance without virtual_ipaddress becomes MASTER and holds no address. Releases before 1.2.20 do not even log it.',
  links: ['https://www.keepalived.org/manpage.html'],
  explains: ['vrrp-instance-no-vip'],
  on: 'director',
  needs: {},
  messages,
  reasons,
  run({ host, id, name }, { kase }) {
    const conf = host.facts.keepalived
    const ask = [`cat ${MAIN_CONF}`]
    const claims = unknownWords(host)
      .slice(0, MOST_CLAIMS)
      .map((unknown) => claimOf(unknown, id, name))
    if (isNonEmpty(claims)) return fail(claims)
    if (conf.state === 'missing') return undecided(reasons, 'unseen', {}, directorLines(host), ask)
    return isComplete(conf, kase) ? pass(conf.from) : undecided(reasons, 'incomplete', {}, conf.from, ask)
  },
})

function claimOf(unknown: UnknownWord, id: string, host: string): Claim {
  const { word, meant, split, logged, cites, belongs } = unknown
  const where = unknown.within.length > 0 ? ` in ${unknown.within.join(', ')}` : ''
  const rest: Omit<Claim, 'message' | 'data'> = {
    cites,
    steps: [reloadKeepalived(id)],
    verify: 'keepalived -t   # says nothing and returns 0 (2.0.4 and later)',
    about: { hosts: [id] },
    proof: logged ? 'direct' : 'inferred',
  }
  if (belongs.length > 0) {
    const more = belongs.length > MOST_BLOCKS ? ` and ${belongs.length - MOST_BLOCKS} more` : ''
    const blocks = `${belongs.slice(0, MOST_BLOCKS).join(', ')}${more}`
    return claim(messages, 'misplaced', { host, word, where, belongs: blocks }, rest)
  }
  if (meant === undefined) return claim(messages, 'unknown', { host, word, where }, rest)
  return claim(messages, 'misspelt', { host, word, meant, where, split }, rest)
}
