/** Nodes that do not share the password refuse each other's adverts, and both become MASTER. */
import { ailment, type Claim, caseCheck, claim, fail, notApplicable, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { MAIN_CONF } from '../topology/keepalived-files.ts'
import { saidSinceStart } from '../topology/keepalived-run.ts'
import { aboutRouter, allComplete, confLines, pairsOf, sharedRouters } from '../topology/router-pairs.ts'
import { authLine, authSent, compareAuth } from '../topology/vrrp-auth.ts'
import { agreeByLog } from '../topology/vrrp-health.ts'

type Differ = { instance: string; a: string; b: string; latent: boolean }

const differ = <D extends Differ>(what: (d: D) => string) =>
  ailment<D>({
    title: (d) => `${d.a} and ${d.b} authenticate ${d.instance} differently`,
    text: (d) =>
      `${what(d)} Each refuses the adverts of the other ${d.latent ? 'as soon as the files are read again; by the logs the running daemons still agree.' : 'and takes itself for the only one: both become MASTER.'}`,
    fix: () => 'Write the same authentication block, with at most eight bytes of password, on every node, then reload.',
  })

const messages = {
  'password-differs': differ<Differ>(() => 'The first eight bytes of auth_pass differ, and they are all that counts.'),
  'type-differs': differ<Differ & { typeA: string; typeB: string }>(
    (d) =>
      `${d.a} sends authentication ${d.typeA}, ${d.b} ${d.typeB} (vrrp_strict and a missing auth_pass both mean none).`,
  ),
}

const reasons = {
  alone: (_: Record<string, never>) => 'no two nodes share an instance',
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
  'cannot-compare': (d: { instance: string }) => `the passwords of ${d.instance} cannot be compared`,
}

export const authMismatch = caseCheck({
  id: 'auth-mismatch',
  title: 'The nodes of an instance authenticate alike',
  category: 'keepalived',
  severity: 'critical',
  stage: 'vrrp',
  why: 'VRRPv2 nodes with different auth_type or password drop the adverts of each other. Both then hold the VIP, and clients reach now one director, now the other.',
  links: ['https://www.keepalived.org/manpage.html'],
  explains: ['cap-vrrp-auth-diff', 'cap-two-masters', 'dual-vip', 'arp-two-macs', 'arp-vip-mac-changed'],
  on: 'director',
  atLeast: 2,
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run(views, { kase }) {
    const hosts = views.map(({ host }) => host)
    const routers = sharedRouters(hosts)
    const claims: Claim[] = []
    let open: string | undefined
    for (const router of routers) {
      for (const [a, b] of pairsOf(router)) {
        const how = compareAuth(a, b)
        if (how === 'unknown') open = router.name
        if (how === 'same' || how === 'unknown') continue
        const refused = router.speakers.flatMap(({ host }) => saidSinceStart(host, 'auth-refused').slice(-1))
        const latent = refused.length === 0 && agreeByLog(router.speakers)
        const rest: Omit<Claim, 'message' | 'data'> = {
          cites: [authLine(a), authLine(b), ...refused.map(({ entry }) => entry.at)],
          steps: [a, b].map(({ host }) => reloadKeepalived(host.id, 'moves-traffic')),
          verify: 'journalctl -u keepalived -n 20 | grep -E "passwd|auth"   # nothing new',
          about: aboutRouter(router),
          severity: latent ? 'warning' : 'critical',
          proof: refused.length > 0 ? 'direct' : 'inferred',
        }
        const data = { instance: router.name, a: a.host.names[0], b: b.host.names[0], latent }
        if (how === 'password') claims.push(claim(messages, 'password-differs', data, rest))
        else claims.push(claim(messages, 'type-differs', { ...data, typeA: authSent(a), typeB: authSent(b) }, rest))
      }
    }
    if (isNonEmpty(claims)) return fail(claims)
    const looked = confLines(hosts)
    if (open !== undefined) return undecided(reasons, 'cannot-compare', { instance: open }, looked)
    if (!allComplete(hosts, kase)) return undecided(reasons, 'incomplete', {}, looked, [`cat ${MAIN_CONF}`])
    return routers.length > 0 ? pass(looked) : notApplicable(reasons, 'alone', {}, looked)
  },
})
