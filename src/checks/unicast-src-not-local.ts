/** unicast_src_ip is an address that this host does not have: often the file of the other node, copied. */
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { reloadKeepalived } from '../model/fix.ts'
import { isComplete, MAIN_CONF } from '../topology/keepalived-files.ts'
import { saidSinceStart } from '../topology/keepalived-run.ts'
import { addressLines, isForeign } from '../topology/unicast.ts'

type Foreign = { host: string; instance: string; ip: string; owner: string }

const messages = {
  'not-local': ailment<Foreign>({
    title: (d) => `unicast_src_ip ${d.ip} of ${d.instance} is not an address of ${d.host}`,
    text: (d) =>
      `${d.owner === '' ? '' : `It is an address of ${d.owner}: the file looks like a copy from there. `}keepalived cannot bind to it ("Cannot assign requested address") and keeps ${d.instance} in FAULT: ${d.host} never takes the VIP. Old releases become MASTER nevertheless.`,
    fix: (d) =>
      `Set unicast_src_ip of ${d.instance} to an address of ${d.host}, check unicast_peer as well, then reload.`,
  }),
  'bound-anyway': ailment<Foreign>({
    title: (d) => `${d.host} sends the adverts of ${d.instance} from ${d.ip}, which it does not have`,
    text: (d) =>
      `net.ipv4.ip_nonlocal_bind is 1, so keepalived binds to ${d.ip}${d.owner === '' ? '' : ` of ${d.owner}`} although it is not on this host. Answers to it never arrive here: ${d.host} hears nobody and becomes MASTER beside its peer.`,
    fix: (d) =>
      `Set unicast_src_ip of ${d.instance} to an address of ${d.host}, check unicast_peer as well, then reload.`,
  }),
}

const reasons = {
  'no-source': (_: Record<string, never>) => 'no instance has unicast_src_ip',
  'addresses-unseen': (d: { ip: string }) => `whether ${d.ip} is on this host was not seen`,
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
}

export const unicastSrcNotLocal = hostCheck({
  id: 'unicast-src-not-local',
  title: 'The unicast_src_ip is an address of the node itself',
  category: 'keepalived',
  severity: 'critical',
  stage: 'vrrp',
  why: 'A node binds its VRRP socket to unicast_src_ip. With an address that is not there the instance stays in FAULT and will not take over; with ip_nonlocal_bind it runs, deaf, and both nodes become MASTER.',
  links: [
    'https://github.com/acassen/keepalived/issues/1847',
    'https://github.com/acassen/keepalived/issues/2237',
    'https://github.com/acassen/keepalived/issues/2651',
  ],
  explains: [
    'unicast-peer-wrong',
    'no-vip-anywhere',
    'cap-two-masters',
    'dual-vip',
    'arp-two-macs',
    'arp-vip-mac-changed',
  ],
  on: 'director',
  needs: { keepalived: 'part' },
  messages,
  reasons,
  run({ host, id, name, keepalived, fact }, { kase }) {
    const links = fact('links')
    const sysctl = fact('sysctl')
    const nonlocal = sysctl.state === 'known' ? sysctl.value.entries.get('net.ipv4.ip_nonlocal_bind') : undefined
    const refusals = saidSinceStart(host, 'error')
    const claims: Claim[] = []
    const looked: Cite[] = []
    let unseen: { ip: string; at: Cite } | undefined
    for (const { name: instance, unicastSrc, vips } of keepalived.value.instances) {
      if (unicastSrc === undefined || unicastSrc.value.startsWith('$')) continue
      const { value: ip, at } = unicastSrc
      const present = addressLines(host, ip)
      looked.push(at, ...present)
      if (present.length > 0) continue
      const said = refusals.filter(({ event }) => event.reason.startsWith(`bind unicast_src ${ip} failed`)).slice(-1)
      // No address is on two hosts: one that a peer shows is not here.
      const owner = kase.hosts.find((other) => other.id !== id && addressLines(other, ip).length > 0)
      if (said.length === 0 && !isForeign(host, ip) && (owner === undefined || vips.some((vip) => vip.ip === ip))) {
        unseen = { ip, at }
        continue
      }
      const bound = said.length === 0 && nonlocal?.value === '1'
      const data = { host: name, instance, ip, owner: owner?.names[0] ?? '' }
      const told = [...said.map(({ entry }) => entry.at), ...(bound && nonlocal ? [nonlocal.at] : [])]
      claims.push(
        claim(messages, bound ? 'bound-anyway' : 'not-local', data, {
          cites: [at, ...told, ...(links.state === 'known' ? links.from.slice(0, 1) : [])],
          steps: [reloadKeepalived(id, 'moves-traffic')],
          verify: `ip -o addr show | grep -wF 'ADDRESS/'   # the new unicast_src_ip in the place of ADDRESS`,
          about: { hosts: [id], vips: vips.map((vip) => vip.ip), instances: [instance] },
          proof: said.length > 0 ? 'direct' : 'inferred',
        }),
      )
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (unseen) return undecided(reasons, 'addresses-unseen', { ip: unseen.ip }, [unseen.at], ['ip addr'])
    if (!isComplete(keepalived, kase))
      return undecided(reasons, 'incomplete', {}, keepalived.from, [`cat ${MAIN_CONF}`])
    return isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'no-source', {}, keepalived.from)
  },
})
