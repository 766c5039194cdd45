/** vrrp_strict (or no_accept): keepalived installs a rule that drops every packet to the VIP, ahead of IPVS. */
import { ailment, type Claim, claim, fail, hostCheck, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { dropLine, dropsVips, isRefused } from '../topology/accept-mode.ts'
import { isComplete, MAIN_CONF } from '../topology/keepalived-files.ts'
import { isStandby } from '../topology/standby.ts'
import { allRulesSeen, dropRules, hasOwnChain } from '../topology/vip-drop.ts'
import { useOf as purposeOf } from '../topology/vip-use.ts'
import { speakersOf } from '../topology/vrrp.ts'
import { loggedState } from '../topology/vrrp-health.ts'

type Drops = { host: string; instance: string; vips: string; why: string; latent: boolean }

const messages = {
  drops: ailment<Drops>({
    title: (d) => `keepalived on ${d.host} drops what clients send to ${d.vips}`,
    text: (d) =>
      `${d.why} makes keepalived install a drop rule for the VIPs of ${d.instance} while it is MASTER. The VIP answers ARP and looks alive, but every connection to it times out: the rule comes before IPVS. "iptables -S" may show nothing, the rule is in nft. Only a VIP that is nothing but a gateway does not mind.` +
      (d.latent ? ` ${d.host} is BACKUP at the moment; it bites as soon as it takes over.` : ''),
    fix: (d) =>
      `Take ${d.why} out on every node (with VRRP version 3 "accept" in ${d.instance} will do), then reload and see that the rule is gone.`,
  }),
}

const reasons = {
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
  'maybe-gateway': (d: { vip: string }) =>
    `keepalived drops what is sent to ${d.vip} itself; nothing shows whether it is more than a gateway, for which that is right`,
  'rule-not-there': (d: { host: string }) =>
    `the configuration of ${d.host} asks for a drop rule, but none is among the rules that were listed`,
  'own-chain': (d: { host: string }) =>
    `vrrp_iptables on ${d.host} may put the drop rule where no packet passes, or mean that there is none`,
}

const ASK = ['nft list ruleset', 'iptables-save -c']

export const vrrpStrictDropsVip = hostCheck({
  id: 'vrrp-strict-drops-vip',
  title: 'Directors accept what is sent to their VIPs',
  category: 'keepalived',
  severity: 'critical',
  stage: 'director',
  why: 'Strict VRRP says that only the owner of an address may accept packets for it. keepalived obeys with a firewall rule, so the VIP can be resolved but neither pinged nor used.',
  links: [
    'https://github.com/acassen/keepalived/issues/474',
    'https://github.com/acassen/keepalived/issues/2046',
    'https://github.com/acassen/keepalived/issues/2339',
  ],
  explains: ['cap-syn-unanswered'],
  on: 'director',
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run({ host, id, name, keepalived }, { kase, topology }) {
    const own = speakersOf([host])
    const dropping = own.filter((speaker) => dropsVips(speaker) && !isRefused(speaker))
    const claims: Claim[] = []
    let open: ReturnType<typeof undecided> | undefined
    for (const speaker of dropping) {
      const { instance } = speaker
      const listed = [...instance.vips, ...instance.excludedVips].map(({ ip }) => ip)
      // Where no service at all is known, the VIP is meant for a program of the host itself.
      const sure = topology.services.length > 0
      const vips = listed.filter(
        (ip) => purposeOf(ip, kase) === 'served' || (!sure && purposeOf(ip, kase) === 'unknown'),
      )
      const vip = sure ? listed.find((ip) => purposeOf(ip, kase) === 'unknown') : undefined
      if (vip !== undefined) open ??= undecided(reasons, 'maybe-gateway', { vip }, [dropLine(speaker)], ['ipvsadm -Ln'])
      if (vips.length === 0) continue
      const rules = dropRules(host, keepalived.value, vips)
      const latent =
        rules.length === 0 && (isStandby(topology, id, vips) || loggedState(host, instance.name) === 'BACKUP')
      if (rules.length === 0 && hasOwnChain(keepalived.value)) {
        open = undecided(reasons, 'own-chain', { host: name }, [dropLine(speaker)], ASK)
        continue
      }
      if (rules.length === 0 && !latent && allRulesSeen(host)) {
        open = undecided(
          reasons,
          'rule-not-there',
          { host: name },
          [dropLine(speaker)],
          ['systemctl status keepalived'],
        )
        continue
      }
      const why = instance.accept === false ? 'no_accept' : instance.strict === true ? 'strict_mode' : 'vrrp_strict'
      claims.push(
        claim(
          messages,
          'drops',
          { host: name, instance: instance.name, vips: vips.join(', '), why, latent },
          {
            cites: [dropLine(speaker), ...rules],
            steps: [reloadKeepalived(id, 'moves-traffic')],
            verify: `nft list ruleset | grep -w daddr; iptables -S INPUT | grep DROP   # no line for the VIP`,
            about: { hosts: [id], vips, instances: [instance.name] },
            severity: latent || !sure ? 'warning' : 'critical',
            proof: rules.length > 0 ? 'direct' : 'inferred',
          },
        ),
      )
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (open) return open
    if (!isComplete(keepalived, kase))
      return undecided(reasons, 'incomplete', {}, keepalived.from, [`cat ${MAIN_CONF}`])
    return pass(keepalived.from)
  },
})
