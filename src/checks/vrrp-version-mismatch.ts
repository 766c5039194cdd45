/** One node speaks VRRP version 2, the other 3: each refuses the adverts of the other. */
import { heardMasters } from '../kernel/wire/heard-masters.ts'
import type { Host } from '../model/case.ts'
import { ailment, type Claim, caseCheck, claim } from '../model/check.ts'
import { disputed, PAIR_REASONS, refused, rulePairs } from '../topology/pair-ruling.ts'
import { ofUnseenPeers, refusalsOf } from '../topology/refusals.ts'
import { pairsOf, sharedRouters } from '../topology/router-pairs.ts'
import { effectiveVrrp, type Speaker } from '../topology/vrrp.ts'
import { agree } from '../topology/vrrp-health.ts'

type Differ = { instance: string; a: string; b: string; versionA: number; versionB: number; latent: boolean }

const messages = {
  differs: ailment<Differ>({
    title: (d) => `${d.a} speaks VRRP version ${d.versionA} for ${d.instance}, ${d.b} version ${d.versionB}`,
    text: (d) =>
      'A node refuses adverts of another version than its own, ' +
      (d.latent
        ? 'so both become MASTER as soon as the files are read again; the running daemons still agree.'
        : 'so each takes itself for the only one and both become MASTER.'),
    fix: () => 'Set the same vrrp_version in global_defs (or version in the instance) on every node, then reload.',
  }),
  refused: ailment<{ host: string; reason: string }>({
    title: (d) => `${d.host} refuses adverts of another VRRP version`,
    text: (d) =>
      `keepalived on ${d.host} logs "${d.reason}". It hears no peer of its own version and becomes MASTER beside the one that sends these.`,
    fix: (d) => `Compare vrrp_version on ${d.host} with that of its peer, make them equal, then reload.`,
  }),
}

const VERIFY = 'tcpdump -nn -i any -c 5 vrrp   # one version, from one address'

export const vrrpVersionMismatch = caseCheck({
  id: 'vrrp-version-mismatch',
  title: 'The nodes of an instance speak the same VRRP version',
  category: 'keepalived',
  severity: 'critical',
  stage: 'vrrp',
  why: 'VRRP version 2 and 3 have different packets. A node drops what is not of its own version, believes that it is alone, and takes the VIP although its peer has it.',
  links: ['https://www.rfc-editor.org/rfc/rfc5798#section-7.1', 'https://www.keepalived.org/manpage.html'],
  explains: ['cap-vrrp-version-mix', 'cap-two-masters', 'dual-vip', 'arp-two-macs', 'arp-vip-mac-changed'],
  on: 'director',
  atLeast: 1,
  needs: {},
  messages,
  reasons: PAIR_REASONS,
  run(views, { kase }) {
    const hosts = views.map(({ host }) => host)
    const shared = sharedRouters(hosts)
    const refusals = refusalsOf(hosts, 'version-refused')
    const different = shared.flatMap((router) =>
      pairsOf(router).flatMap((pair) => (versionOf(pair[0]) === versionOf(pair[1]) ? [] : [{ router, pair }])),
    )
    const claims = different.map(({ router, pair }): Claim => {
      const [a, b] = pair
      const healthy = agree(router.speakers, heard)
      const lines = [lineOf(a), lineOf(b)] as const
      const { latent, rest } = disputed({ router, pair, lines, refusals, healthy, verify: VERIFY })
      const versions = { versionA: versionOf(a), versionB: versionOf(b), latent }
      const names = { instance: router.name, a: a.host.names[0], b: b.host.names[0] }
      return claim(messages, 'differs', { ...names, ...versions }, rest)
    })
    const told = ofUnseenPeers(refusals, shared).map((refusal): Claim => {
      const data = { host: refusal.host.names[0], reason: refusal.reason }
      return claim(messages, 'refused', data, refused(refusal, VERIFY))
    })
    return rulePairs(hosts, kase, [...claims, ...told])
  },
})

const heard = ({ facts }: Host) => heardMasters(facts.capture)

function versionOf(speaker: Speaker): number {
  return effectiveVrrp(speaker).version
}

/** The line that sets the version; without one, the instance. */
function lineOf({ conf, instance }: Speaker) {
  return instance.version?.at ?? conf.value.globals.vrrpVersion?.at ?? instance.at
}
