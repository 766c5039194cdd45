/** What a VIP is for: packets to it, or packets through it. */
import type { Case } from '../model/case.ts'

/** `served`: a virtual service has it. `gateway`: a host routes through it and no service has it. */
export function useOf(ip: string, { hosts, topology }: Case): 'served' | 'gateway' | 'unknown' {
  if (topology.services.some(({ vip }) => vip === ip)) return 'served'
  const routed = hosts.some(
    ({ facts: { routes } }) =>
      routes.state === 'known' &&
      routes.value.routes.some(({ via, nexthops }) => via === ip || nexthops.some((hop) => hop.via === ip)),
  )
  return routed ? 'gateway' : 'unknown'
}
