/** vrrp_strict on one node takes away its authentication, and only there: the nodes then refuse each other. */
import { heardMasters } from '../kernel/wire/heard-masters.ts'
import { ailment, type Claim, caseCheck, claim } from '../model/check.ts'
import { isStrict, strictLine } from '../topology/accept-mode.ts'
import { bothComplete, disputed, PAIR_REASONS, rulePairs } from '../topology/pair-ruling.ts'
import { refusalsOf } from '../topology/refusals.ts'
import { pairsOf, sharedRouters } from '../topology/router-pairs.ts'
import { effectiveVrrp, type Speaker } from '../topology/vrrp.ts'
import { authLine, authSent } from '../topology/vrrp-auth.ts'
import { agree } from '../topology/vrrp-health.ts'

const messages = {
  'one-strict': ailment<{ instance: string; strict: string; lax: string; auth: string; latent: boolean }>({
    title: (d) => `Only ${d.strict} is strict: it sends ${d.instance} without the authentication that ${d.lax} wants`,
    text: (d) =>
      `vrrp_strict makes keepalived ignore the authentication block. ${d.strict} then sends none while ${d.lax} sends ${d.auth}, and each refuses the other ` +
      (d.latent
        ? 'as soon as the files are read again; the running daemons still agree.'
        : '("received a 0 auth, expecting 1!"): both become MASTER.'),
    fix: (d) =>
      `Take vrrp_strict out on ${d.strict} (it also makes keepalived drop what is sent to the VIP), then reload.`,
  }),
}

export const vrrpStrictOneNode = caseCheck({
  id: 'vrrp-strict-one-node',
  title: 'The nodes of an instance are all strict, or none is',
  category: 'keepalived',
  severity: 'critical',
  stage: 'vrrp',
  why: 'RFC 3768 has no authentication any more, so strict mode drops it. With vrrp_strict on one node the passwords in the files are equal, yet the nodes authenticate differently: split brain.',
  links: ['https://www.keepalived.org/manpage.html', 'https://github.com/acassen/keepalived/issues/2339'],
  explains: [
    'vrrp-strict-drops-vip',
    'auth-mismatch',
    'cap-vrrp-auth-diff',
    'cap-two-masters',
    'dual-vip',
    'arp-two-macs',
    'arp-vip-mac-changed',
  ],
  on: 'director',
  atLeast: 1,
  needs: { keepalived: 'part' },
  messages,
  reasons: PAIR_REASONS,
  run(views, { kase }) {
    const hosts = views.map(({ host }) => host)
    const refusals = refusalsOf(hosts, 'auth-refused')
    const claims = sharedRouters(hosts).flatMap((router) =>
      pairsOf(router).flatMap((pair): readonly Claim[] => {
        const [strict, lax] = isStrict(pair[0]) ? pair : [pair[1], pair[0]]
        if (!differ(strict, lax) || !bothComplete(...pair, kase)) return []
        const { latent, rest } = disputed({
          router,
          pair: [strict, lax],
          lines: [strictLine(strict), authLine(lax)],
          refusals,
          healthy: agree(router.speakers, ({ facts }) => heardMasters(facts.capture)),
          verify: 'tcpdump -nn -i any -c 5 vrrp   # one source, one authtype',
        })
        const names = { instance: router.name, strict: strict.host.names[0], lax: lax.host.names[0] }
        return [claim(messages, 'one-strict', { ...names, auth: authSent(lax), latent }, rest)]
      }),
    )
    return rulePairs(hosts, kase, claims)
  },
})

/** Version 3 has no authentication; nodes of different ids or versions refuse each other for that. */
function differ(strict: Speaker, lax: Speaker): boolean {
  const inV2 = [strict, lax].every((speaker) => effectiveVrrp(speaker).version === 2)
  const sameId = strict.instance.vrid?.value === lax.instance.vrid?.value
  return inV2 && sameId && isStrict(strict) && !isStrict(lax) && authSent(lax) !== 'none'
}
