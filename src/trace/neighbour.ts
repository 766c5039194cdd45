/** What the last sender before the VIP has learnt: it sends there, whoever would answer now. */
import type { Host } from '../model/case.ts'
import type { Neighbour } from '../model/facts.ts'
import { isBroadcastLink } from '../topology/addresses.ts'
import type { Walk } from './walk.ts'

/** Addresses that keepalived makes up for a VIP (use_vmac): no card has them. */
const VIRTUAL = /^00:00:5e:/

/** Who gets what `asker` sends to the VIP: the director, or another one that has it too. undefined: nobody who could take it. */
export function sentTo(walk: Walk, asker: Host | undefined, vip: string, holder: Host): Host | undefined {
  const { neighbours } = asker?.facts ?? {}
  if (asker === undefined || neighbours?.state !== 'known') return holder
  const entry = neighbours.value.entries.find(
    ({ ip, mac, state }) => ip === vip && mac !== undefined && !/FAILED|INCOMPLETE/.test(state),
  )
  if (entry?.mac === undefined || VIRTUAL.test(entry.mac)) return holder
  const macs = (host: Host): readonly string[] =>
    host.facts.links.state === 'known'
      ? host.facts.links.value.links.flatMap(({ mac }) => (mac === undefined ? [] : [mac]))
      : []
  const own = macs(holder)
  if (own.length === 0 || own.includes(entry.mac)) return holder
  const owner = walk.kase.hosts.find((host) => macs(host).includes(entry.mac ?? ''))
  // Two directors have it: the table says which of them this one believes.
  if (owner !== undefined && holdsOpenly(owner, vip)) return owner
  astray(walk, asker, { entry, holder, owner })
  return undefined
}

interface Astray {
  readonly entry: Neighbour
  readonly holder: Host
  readonly owner: Host | undefined
}

function astray(walk: Walk, asker: Host, { entry, holder, owner }: Astray): void {
  const whose = owner === undefined ? 'a machine that is none of these' : owner.id
  const text = `${asker.id} has ${entry.ip} at ${entry.mac}, which is ${whose}, not ${holder.id}`
  walk.say({ step: 'arp-table', host: asker, verdict: 'drop', text, cites: [entry.at] })
}

/** On an interface that others hear. */
function holdsOpenly({ facts: { links } }: Host, vip: string): boolean {
  if (links.state === 'missing') return false
  return links.value.links.some((link) => isBroadcastLink(link) && link.addresses.some(({ ip }) => ip === vip))
}
