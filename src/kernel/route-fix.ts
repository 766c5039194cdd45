/** Repairs of the way back. How a route survives a reboot differs by distribution, so `persist` names the places. */
import type { FixStep } from '../model/check.ts'
import type { HostId } from '../model/evidence.ts'
import { runStep } from '../model/fix.ts'

/** A default route by `gateway`; `old` is the one it takes the place of. */
export function defaultRoute(host: HostId, gateway: string, old?: string): FixStep {
  return runStep(host, `ip route replace default via ${gateway}`, 'moves-traffic', {
    persist: `# CentOS: GATEWAY=${gateway} in ifcfg; Debian: gateway ${gateway} in interfaces; NetworkManager: ipv4.gateway ${gateway}`,
    undo: old === undefined ? `ip route del default via ${gateway}` : `ip route replace default via ${old}`,
  })
}

/** What comes from `vip` leaves by `gateway` on `dev`. Tables 1 to 252 are free; 101 is asked for by no distribution. */
export function policyRoute(host: HostId, vip: string, gateway: string, dev: string): FixStep {
  const lines = [`ip route add default via ${gateway} dev ${dev} table 101`, `ip rule add from ${vip} table 101`]
  return runStep(host, lines.join(' && '), 'safe', {
    persist: `# Debian: both as post-up lines of ${dev}; CentOS: route-${dev} and rule-${dev}; NetworkManager: ipv4.routing-rules`,
    undo: `ip rule del from ${vip} table 101; ip route flush table 101`,
  })
}
