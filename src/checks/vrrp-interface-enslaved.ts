/** `interface eth0` after eth0 became part of a bond or bridge: what arrives there now belongs to bond0. */
import { shellWord } from '../lib/shell.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { type Cite, isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { namedDevices } from '../topology/conf-devices.ts'
import { enslaved } from '../topology/enslaved.ts'
import { isComplete, MAIN_CONF } from '../topology/keepalived-files.ts'

type Slave = { host: string; instance: string; dev: string; master: string; vip: string }

const messages = {
  enslaved: ailment<Slave>({
    title: (d) => `${d.instance} on ${d.host} uses ${d.dev}, which is part of ${d.master}`,
    text: (d) =>
      d.vip === ''
        ? `What arrives on ${d.dev} is handed to ${d.master}: adverts of the other node are not heard there, and a VIP on ${d.dev} is answered past the bond or bridge.`
        : `${d.vip} goes on ${d.dev}, but frames that arrive there are handed to ${d.master}: neighbours are answered past the bond or bridge, or not at all.`,
    fix: (d) =>
      `Write ${d.master} in the place of ${d.dev} in keepalived.conf of every node that has it, then restart keepalived.`,
  }),
}

const reasons = {
  'no-interface': (_: Record<string, never>) => 'no vrrp_instance names an interface',
  'kind-unknown': (d: { dev: string; master: string }) =>
    `${d.dev} has the master ${d.master}: a bridge, or a VRF, which would be fine`,
  'not-listed': (d: { dev: string }) => `${d.dev} is not in the list of interfaces`,
  incomplete: (_: Record<string, never>) => 'not all of the configuration was seen or understood',
}

export const vrrpInterfaceEnslaved = hostCheck({
  id: 'vrrp-interface-enslaved',
  title: 'No VRRP instance uses a part of a bond or bridge',
  category: 'keepalived',
  severity: 'critical',
  stage: 'config',
  why: 'When a bond, team or bridge takes an interface over, it takes what the interface receives as well. keepalived on the part no longer hears the other node, both become MASTER, and the VIP is announced beside the bond. Where the address went to the bond as well, the instance is in FAULT state and nobody holds the VIP.',
  links: ['https://docs.kernel.org/networking/bonding.html', 'https://www.keepalived.org/manpage.html'],
  explains: ['cap-two-masters', 'dual-vip', 'garp-lost', 'no-vip-anywhere'],
  on: 'director',
  needs: { keepalived: 'part', links: 'part' },
  messages,
  reasons,
  run({ id, name, keepalived: conf, links: { value, from } }, { kase }) {
    const claims: Claim[] = []
    const looked: Cite[] = []
    let doubt: { dev: string; master: string; at: Cite } | undefined
    let unlisted: { dev: string; at: Cite } | undefined
    for (const { instance, dev, at, vip } of namedDevices(conf.value)) {
      const link = value.links.find((candidate) => candidate.name === dev)
      const found = link && enslaved(link, value.links)
      if (link === undefined || found === undefined) unlisted ??= { dev, at }
      else if (found.is === 'no') looked.push(at, link.at)
      else if (found.is === 'unknown') doubt ??= { dev, master: found.master, at: link.at }
      else {
        const rest: Omit<Claim, 'message' | 'data'> = {
          cites: [at, found.at],
          steps: [runStep(id, 'keepalived -t && systemctl restart keepalived', 'moves-traffic')],
          verify: `ip -o -4 addr show dev ${shellWord(found.master)}   # the VIP is there on the MASTER alone`,
          about: { hosts: [id], instances: [instance.name], vips: vip ? [vip.ip] : instance.vips.map(({ ip }) => ip) },
          proof: 'inferred',
        }
        const data = { host: name, instance: instance.name, dev, master: found.master, vip: vip?.ip ?? '' }
        claims.push(claim(messages, 'enslaved', data, rest))
      }
    }
    if (isNonEmpty(claims)) return fail(claims)
    if (doubt) return undecided(reasons, 'kind-unknown', doubt, [doubt.at], ['ip -d link'])
    if (unlisted) return undecided(reasons, 'not-listed', { dev: unlisted.dev }, [unlisted.at], ['ip addr'])
    if (!isComplete(conf, kase)) return undecided(reasons, 'incomplete', {}, conf.from, [`cat ${MAIN_CONF}`])
    return isNonEmpty(looked) ? pass(looked) : notApplicable(reasons, 'no-interface', {}, [...conf.from, ...from])
  },
})
