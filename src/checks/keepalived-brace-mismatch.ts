/** One `}` too few, and the blocks behind it belong to another block; one too many, and the rest stands outside. */
import { ailment, type Claim, claim, fail, hostCheck, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { type BraceFault, bracesOf, vipsMeant } from '../topology/conf-braces.ts'
import { isComplete, MAIN_CONF } from '../topology/keepalived-files.ts'
import { directorLines } from '../topology/keepalived-run.ts'

type Where = { host: string; block: string; where: string }

const messages = {
  missing: ailment<Where>({
    title: (d) => `A closing brace is missing in keepalived.conf of ${d.host}${d.block === '' ? '' : `: ${d.block}`}`,
    text: (d) =>
      `${d.block === '' ? 'keepalived itself counts more { than }.' : `${d.block}${d.where} is not closed.`} What follows is read as a part of that block: keywords there are unknown, and instances or virtual servers are not made.`,
    fix: () => 'Add the missing } in keepalived.conf, test it with "keepalived -t", then reload.',
  }),
  extra: ailment<Where>({
    title: (d) => `A closing brace is too many in keepalived.conf of ${d.host}`,
    text: (d) =>
      `A } closes a block${d.where} too early${d.where === '' ? ', or closes none' : ''}. What follows stands outside the block it was meant for, and keepalived passes over it.`,
    fix: () => 'Delete the } that is too many in keepalived.conf, test it with "keepalived -t", then reload.',
  }),
  unopened: ailment<Where>({
    title: (d) => `An opening brace is missing in keepalived.conf of ${d.host}: ${d.block}`,
    text: (d) =>
      `${d.block}${d.where} begins a block, and no { follows. One process of keepalived reads on as if it were there; the others do not know that this is a block, and stumble over what is in it.`,
    fix: (d) => `Add the { behind ${d.block} in keepalived.conf, test it with "keepalived -t", then reload.`,
  }),
  unexpected: ailment<Where>({
    title: (d) => `A { stands where no block begins in keepalived.conf of ${d.host}`,
    text: (d) =>
      `The word before the {${d.where} opens no block. keepalived ignores the {, and its } then closes the block around it: what follows stands outside.`,
    fix: () => 'Delete the { and its }, or correct the word before it; test it with "keepalived -t", then reload.',
  }),
}

const reasons = {
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen: its braces cannot be counted',
  unseen: (_: Record<string, never>) => 'neither keepalived.conf nor a complaint of keepalived about it was seen',
}

const MOST_CLAIMS = 200

export const keepalivedBraceMismatch = hostCheck({
  id: 'keepalived-brace-mismatch',
  title: 'Every brace in keepalived.conf has its counterpart',
  category: 'keepalived',
  severity: 'critical',
  stage: 'config',
  why: 'keepalived only warns about braces that do not match and starts with what it made of the text. Blocks behind the mistake are swallowed or ignored: no VIP, no virtual server, no authentication.',
  links: ['https://www.keepalived.org/manpage.html'],
  explains: [
    'keepalived-unknown-keyword',
    'vrrp-instance-no-vip',
    'no-vip-anywhere',
    'auth-mismatch',
    'ipvs-table-empty',
  ],
  on: 'director',
  needs: {},
  messages,
  reasons,
  run({ host, id, name }, { kase }) {
    const conf = host.facts.keepalived
    const { faults, said } = bracesOf(host)
    const seenWhole = conf.state === 'known' && isComplete(conf, kase)
    const known = faults.length > 0
    const touched =
      conf.state === 'known'
        ? { instances: conf.value.instances.map((i) => i.name), vips: vipsMeant(conf.value) }
        : { instances: [] }
    // A text seen whole in which all braces match is younger than the complaint.
    const [complaint] = seenWhole ? [] : said
    const all: readonly BraceFault[] =
      known || !complaint ? faults : [{ kind: complaint.kind, cites: [complaint.at], within: [] }]
    const claims = all.slice(0, MOST_CLAIMS).map(({ kind, block = '', within, cites }): Claim => {
      const where = within.length === 0 ? '' : ` in ${within.join(', ')}`
      const logged = said.flatMap((line) => (known && line.kind === kind ? [line.at] : [])).slice(0, 1)
      return claim(
        messages,
        kind,
        { host: name, block, where },
        {
          cites: [cites[0], ...logged, ...cites.slice(1)],
          steps: [reloadKeepalived(id, 'moves-traffic')],
          verify: 'keepalived -t   # says nothing and returns 0 (2.0.4 and later)',
          about: { hosts: [id], ...touched },
          proof: said.length > 0 ? 'direct' : 'inferred',
        },
      )
    })
    if (isNonEmpty(claims)) return fail(claims)
    const ask = [`cat ${MAIN_CONF}`]
    if (conf.state === 'missing') return undecided(reasons, 'unseen', {}, directorLines(host), ask)
    return seenWhole ? pass(conf.from) : undecided(reasons, 'incomplete', {}, conf.from, ask)
  },
})
