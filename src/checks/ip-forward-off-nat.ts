/** A NAT director that does not forward: the real servers' answers reach it and go no further. */
import { type Forwarding, forwards } from '../kernel/forwarding.ts'
import { confKey } from '../kernel/sysctl.ts'
import { byInterface } from '../kernel/towards.ts'
import { natSilence } from '../kernel/wire/stuck-answers.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { setSysctl } from '../model/fix.ts'
import { ownAddresses } from '../topology/addresses.ts'
import { isStandby } from '../topology/standby.ts'
import { aboutTranslated, endsOf, serverNames, translatedBy } from '../topology/translated.ts'

type Off = { host: string; dev: string; servers: string; latent: boolean }

const off = (how: (d: Off) => string, fix: (d: Off) => string) =>
  ailment<Off>({
    title: (d) => `${d.host} does not forward the answers of its NAT servers`,
    text: (d) =>
      `${how(d)} In NAT mode the answers of ${d.servers} come back through the director and have to be forwarded to the clients; ${d.host} drops them. ` +
      (d.latent
        ? 'It does not hold the VIP now; after a failover no connection opens.'
        : 'Clients send SYN after SYN and connections time out.'),
    fix,
  })

const messages = {
  'forwarding-off': off(
    (d) => (d.dev === '' ? 'net.ipv4.ip_forward is 0.' : `Forwarding is off for what comes in by ${d.dev}.`),
    (d) => `Set net.ipv4.ip_forward to 1 on ${d.host} and on every other director.`,
  ),
  'interface-off': off(
    (d) => `net.ipv4.ip_forward is 1, but forwarding of ${d.dev}, where the answers come in, is 0.`,
    (d) =>
      `Set forwarding of ${d.dev} itself on ${d.host}. Writing 1 to net.ipv4.ip_forward again changes nothing, because it is 1 already.`,
  ),
}

const reasons = {
  'value-unknown': (d: { dev: string }) => `whether ${d.dev || 'the interface of the servers'} forwards was not seen`,
  'servers-are-local': (_: Record<string, never>) =>
    'no real server behind NAT is another machine with an IPv4 address',
}

export const ipForwardOffNat = hostCheck({
  id: 'ip-forward-off-nat',
  title: 'NAT directors forward the answers of their real servers',
  category: 'sysctl',
  severity: 'critical',
  stage: 'return',
  why: 'IPVS rewrites the answers of a NAT service while the kernel forwards them. With forwarding off the kernel drops them before IPVS sees one: requests arrive, servers answer, clients get nothing. DR and TUN need no forwarding.',
  links: ['https://man7.org/linux/man-pages/man8/ipvsadm.8.html', 'https://docs.kernel.org/networking/ip-sysctl.html'],
  explains: ['nat-return-bypass', 'cap-syn-unanswered', 'syn-recv-stuck'],
  on: 'director',
  modes: ['NAT'],
  needs: { sysctl: 'part' },
  messages,
  reasons,
  run({ id, name, host: { facts }, sysctl }, { topology }) {
    const own = ownAddresses(facts).map(({ ip }) => ip)
    const claims: Claim[] = []
    const looked: Cite[] = []
    let open: { dev: string; cites: readonly Cite[] } | undefined
    for (const [dev, servers] of byInterface(facts, translatedBy(id, topology.services), ({ server }) => server.ip)) {
      const state = forwards(sysctl.value, dev || undefined)
      looked.push(...state.cites.slice(0, 1))
      if (state.is === 'unknown') open ??= { dev, cites: state.cites }
      if (state.is !== 'no' || !isNonEmpty(state.cites)) continue
      const proofs = natSilence(facts, { ...endsOf(servers), own })
      const latent = isStandby(
        topology,
        id,
        servers.map(({ service }) => service.vip),
      )
      const data = { host: name, dev, servers: serverNames(servers), latent }
      claims.push(
        claim(messages, state.master === 1 ? 'interface-off' : 'forwarding-off', data, {
          cites: [...state.cites, ...proofs],
          steps: [setSysctl(id, valuesFor(dev, state), state.master === 0 ? { 'net.ipv4.ip_forward': 0 } : {})],
          verify: 'ipvsadm -Ln --stats   # OutPkts grows together with InPkts',
          about: aboutTranslated(id, servers),
          severity: latent ? 'warning' : 'critical',
          proof: proofs.length > 0 ? 'direct' : 'inferred',
        }),
      )
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (open) {
      const cites = isNonEmpty(open.cites) ? open.cites : sysctl.from
      return undecided(reasons, 'value-unknown', { dev: open.dev }, cites, [
        'sysctl -a 2>/dev/null | grep forward',
        'ip addr',
      ])
    }
    return isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'servers-are-local', {}, sysctl.from)
  },
})

/** The switch where it is off; where it is on already, or its value is not known, the interface as well. */
function valuesFor(dev: string, { master }: Forwarding): Readonly<Record<string, number>> {
  const own = /^[\w.-]+$/.test(dev) ? { [confKey(dev, 'forwarding')]: 1 } : {}
  return master === 1 ? own : { 'net.ipv4.ip_forward': 1, ...(master === 0 ? {} : own) }
}
