/** One address, two MACs: a neighbour that asked twice was answered by two machines. */
import { shellWord } from '../lib/shell.ts'
import { ailment, type Claim, claim, fail, hostCheck, notApplicable, pass } from '../model/check.ts'
import { isNonEmpty } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'
import { type MacChange, macChanges, macOwners } from '../topology/mac-changes.ts'
import { type Moved, whatMoved } from '../topology/mac-moves.ts'

type Changed = Moved & { host: string; ip: string; dev: string; before: string; after: string; ordered: boolean }

const seen = (d: Changed): string =>
  d.ordered
    ? `On ${d.host}, ${d.ip} was first at ${d.before}${d.ownerBefore} and later at ${d.after}${d.ownerAfter}.`
    : `On ${d.host}, one listing has ${d.ip} at ${d.before}${d.ownerBefore}, another at ${d.after}${d.ownerAfter}.`
const virtual = (d: Changed): string =>
  d.vrid === undefined
    ? ''
    : ` One of them is the virtual MAC of VRRP router ${d.vrid}, which stays the same in a failover.`
const title = (d: Changed): string => `${d.ip} moved from ${d.before} to ${d.after} on ${d.dev} of ${d.host}`

const messages = {
  'vip-moved': ailment<Changed>({
    title: (d) => `The VIP ${title(d)}`,
    text: (d) =>
      `${seen(d)}${virtual(d)} More than one machine answers for the VIP: two directors that are both MASTER, or a real server that answers ARP. Connections break whenever the entry changes.`,
    fix: (d) => `Find out who has ${d.before} and ${d.after}; only the MASTER director may answer for ${d.ip}.`,
  }),
  'address-moved': ailment<Changed>({
    title,
    text: (d) =>
      `${seen(d)}${virtual(d)} Two machines answer for one address. If ${d.ip} is a VIP, two directors are MASTER or a real server answers ARP; if it is the address of one machine, another one uses it too.`,
    fix: (d) => `Ask several times and find out who has ${d.before} and ${d.after}.`,
  }),
  'machine-moved': ailment<Changed>({
    title,
    text: (d) =>
      `${seen(d)}${virtual(d)} ${d.ip} is no VIP but the address of one machine: most likely a second one was given the same address.`,
    fix: (d) => `Take ${d.ip} away from the machine it does not belong to.`,
  }),
  failover: ailment<Changed>({
    title: (d) => `${d.ip} moved to another director`,
    text: (d) => `${seen(d)} ${d.why}: this is what a failover looks like, as long as it does not repeat.`,
    fix: () => 'Nothing to do if a failover was meant; otherwise read the logs of both directors.',
  }),
  'one-machine': ailment<Changed>({
    title: (d) => `${d.ip} is answered from two interfaces of one machine`,
    text: (d) =>
      `${seen(d)} Both MACs are of the same machine: a bond in mode 5 or 6, or two interfaces in one network that answer for each other.`,
    fix: () => 'Nothing to do for a bond; otherwise set arp_ignore to 1 on that machine.',
  }),
}

const reasons = {
  'seen-once': (d: { host: string }) => `${d.host} shows its neighbours once: there is nothing to compare with`,
  'none-twice': (d: { host: string }) => `no address is complete in two neighbour tables of ${d.host}`,
}

export const arpVipMacChanged = hostCheck({
  id: 'arp-vip-mac-changed',
  title: 'Addresses keep their MAC from one look to the next',
  category: 'arp',
  severity: 'critical',
  stage: 'symptom',
  why: 'Whoever answers ARP for the VIP gets its traffic. When two looks at the neighbour table of one host show different MACs, two machines answer: connections hang or are reset each time the entry changes.',
  links: ['https://docs.kernel.org/networking/ip-sysctl.html'],
  explains: [],
  on: 'any',
  needs: { neighbours: 'part' },
  messages,
  reasons,
  run(host, view) {
    const { neighbours } = host
    const looks = [...neighbours.earlier, neighbours]
    if (looks.length < 2) return notApplicable(reasons, 'seen-once', { host: host.name }, neighbours.from)
    const { changes, same } = macChanges(looks)
    if (changes.length === 0)
      return isNonEmpty(same) ? pass(same) : notApplicable(reasons, 'none-twice', { host: host.name }, neighbours.from)
    const owners = macOwners(view.kase.hosts)
    const claimOf = (change: MacChange): Claim => {
      const { message, moved, owners: known } = whatMoved(change, view.kase, owners)
      const { ip, before, after, ordered } = change
      const dev = change.dev ?? 'an interface'
      const who = known.map((owner) => owner.host.id)
      const face = change.dev === undefined ? '' : `-I ${shellWord(change.dev)} `
      return claim(
        messages,
        message,
        { ...moved, host: host.name, ip, dev, before: before.mac, after: after.mac, ordered },
        {
          cites: [after.at, before.at, ...known.map((owner) => owner.at)],
          steps: [runStep(host.id, `arping -c 5 ${face}${ip}`, 'safe')],
          verify: `arping -c 5 ${face}${ip}   # every answer shows the same MAC`,
          about: { hosts: [...new Set([host.id, ...who])], ...(message === 'machine-moved' ? {} : { vips: [ip] }) },
          ...(message === 'failover' || message === 'one-machine' ? { severity: 'note' as const } : {}),
          proof: 'inferred',
        },
      )
    }
    const order = Object.keys(messages)
    const claims = changes.map(claimOf).sort((a, b) => order.indexOf(a.message) - order.indexOf(b.message))
    return isNonEmpty(claims) ? fail(claims) : pass(neighbours.from)
  },
})
