/** keepalived was killed and left the VIP behind: the peer takes it over, and both answer for it. */
import { shellWord } from '../lib/shell.ts'
import type { Host } from '../model/case.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass, undecided } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { daemonState } from '../topology/daemon-state.ts'
import { directorLines, processesNamed, runsOutsideUnit } from '../topology/keepalived-run.ts'

const messages = {
  'left-behind': ailment<{ host: string; vip: string; dev: string; other: string }>({
    title: (d) => `${d.host} still has the VIP ${d.vip}, although keepalived does not run there`,
    text: (d) =>
      `${d.vip} is on ${d.dev}, and no keepalived is there to take it away: it was killed, not stopped. ` +
      (d.other === ''
        ? 'A peer that hears no adverts takes the VIP as well, and then two hosts answer ARP for it.'
        : `${d.other} has it too: both answer ARP, and clients reach one or the other by chance.`),
    fix: (d) => `Start keepalived on ${d.host} again (it removes its VIPs first), or take the address away by hand.`,
  }),
}

const reasons = {
  'outside-unit': (_: Record<string, never>) =>
    'the unit does not run, but a keepalived in a container or started by hand may have set the VIP',
  'no-vip-here': (_: Record<string, never>) => 'keepalived does not run here, and no VIP is left on this host',
  'state-unseen': (_: Record<string, never>) => 'whether keepalived runs here was not seen',
  'addresses-unseen': (_: Record<string, never>) => 'keepalived does not run here; the addresses were not all seen',
  'different-moments': (_: Record<string, never>) =>
    'the addresses and the state of keepalived are from different moments',
  'other-manager': (d: { program: string }) => `${d.program} runs here and may have set the VIP`,
}

const OTHERS = /^(?:pacemakerd|corosync|heartbeat|ldirectord|ucarp|vrrpd|zebra|watchfrr)$/
const ASK = ['ip addr', 'ps axww']

export const staleVipNoDaemon = hostCheck({
  id: 'stale-vip-no-daemon',
  title: 'A VIP is only where keepalived runs',
  category: 'keepalived',
  severity: 'critical',
  stage: 'director',
  why: 'keepalived removes the VIP when it is stopped, but not when it is killed or crashes. The address stays on a host that no longer takes part in VRRP, while the peer takes over: two hosts with one address.',
  links: ['https://github.com/acassen/keepalived/issues/1702'],
  // One restart mends both; the VIP that is left is the more telling of the two.
  explains: ['keepalived-not-running', 'dual-vip', 'arp-two-macs', 'cap-arp-two-macs', 'arp-vip-mac-changed'],
  on: 'director',
  needs: {},
  messages,
  reasons,
  run({ host, id, name, fact }, { kase, topology, comparable }) {
    const links = fact('links')
    const daemon = daemonState(host)
    if (daemon.is === 'running') return pass(daemon.looked)
    if (daemon.is === 'unknown') return undecided(reasons, 'state-unseen', {}, directorLines(host), ASK.slice(1))
    if (links.state === 'missing') return undecided(reasons, 'addresses-unseen', {}, daemon.looked, ASK.slice(0, 1))
    if (!comparable(links, daemon.fact)) return undecided(reasons, 'different-moments', {}, daemon.looked, ASK)
    // Only what VRRP has set: an address of an instance, here or on a peer.
    const virtual = new Set(
      kase.hosts.flatMap(({ facts: { keepalived } }) =>
        keepalived.state === 'known'
          ? keepalived.value.instances.flatMap(({ vips, excludedVips }) =>
              [...vips, ...excludedVips].map(({ ip }) => ip),
            )
          : [],
      ),
    )
    const claims = topology.vips.flatMap(({ ip, holders }): readonly Claim[] => {
      const here = holders.find((holder) => holder.host === id)
      if (here === undefined || !virtual.has(ip)) return []
      const other = holders.find((holder) => holder.host !== id)?.host ?? ''
      return [
        claim(
          messages,
          'left-behind',
          { host: name, vip: ip, dev: here.dev, other },
          {
            cites: [here.at, ...daemon.looked],
            steps: [
              runStep(id, 'systemctl restart keepalived', 'moves-traffic'),
              runStep(
                id,
                `ip addr del ${shellWord(ip)}/${prefixOf(host, ip)} dev ${shellWord(here.dev)}`,
                'moves-traffic',
                {
                  undo: `ip addr add ${shellWord(ip)}/${prefixOf(host, ip)} dev ${shellWord(here.dev)}`,
                },
              ),
            ],
            verify: `ip -o addr show to ${shellWord(ip)}   # on every director: only one prints a line`,
            about: { hosts: other === '' ? [id] : [id, other], vips: [ip] },
            proof: 'direct',
          },
        ),
      ]
    })
    const [manager] = processesNamed(host, OTHERS)
    if (isNonEmpty(claims) && manager)
      return undecided(reasons, 'other-manager', { program: manager.command.split(/\s/, 1)[0] ?? '' }, [manager.at])
    // A unit that never ran did not set the VIP: to delete it would take it from whoever did.
    const outside = isNonEmpty(claims) ? runsOutsideUnit(host, topology) : undefined
    if (outside) return undecided(reasons, 'outside-unit', {}, [outside, ...daemon.looked], ['ps axww', 'docker ps'])
    if (isNonEmpty(claims)) return fail(claims)
    if (!links.whole) return undecided(reasons, 'addresses-unseen', {}, daemon.looked, ASK.slice(0, 1))
    return notApplicable(reasons, 'no-vip-here', {}, [links.from[0], ...daemon.looked])
  },
})

function prefixOf({ facts: { links } }: Host, ip: string): number {
  const addresses = links.state === 'known' ? links.value.links.flatMap((link) => link.addresses) : []
  return addresses.find((address) => address.ip === ip)?.prefix ?? 32
}
