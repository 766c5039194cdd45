/** Whether the packet filters of a node itself let adverts out and in, as far as can be told. */
import type { HostFacts } from '../model/case.ts'
import { advertPacket, advertsOut } from './filter/asking.ts'
import { walk } from './filter/walk.ts'
import { otherFilters } from './other-filters.ts'

type Flow = Parameters<typeof advertsOut>[0]

/** Yes only where every rule set was seen and accepts: what is lost then is lost outside the node. */
export function letsAdvertsPass(facts: HostFacts, incoming: readonly Flow[], outgoing: readonly Flow[]): boolean {
  const { firewall } = facts
  if (firewall.state === 'missing') return false
  const accepts = (packet: ReturnType<typeof advertPacket>, hook: 'input' | 'output'): boolean =>
    walk(firewall.value, firewall, packet, hook).verdict === 'accept'
  return (
    incoming.every((flow) => accepts(advertPacket(flow), 'input')) &&
    outgoing.every((flow) => advertsOut(flow).every((packet) => accepts(packet, 'output'))) &&
    otherFilters(facts, 'input').is === 'none' &&
    otherFilters(facts, 'output').is === 'none'
  )
}
