/** Repair steps that occur again and again: now, after a reboot, risk, undo. Values come from parsed facts only. */
import type { FixStep, Risk } from './check.ts'
import type { HostId } from './evidence.ts'

/** Set kernel values now and for the next boot. `before`: the values to go back to, where known. */
export function setSysctl(
  host: HostId,
  values: Readonly<Record<string, number>>,
  before: Readonly<Record<string, number | string>> = {},
): FixStep {
  const pairs = Object.entries(values)
  const old = Object.entries(before)
  return {
    host,
    run: `sysctl -w ${pairs.map(([key, value]) => `${key}=${value}`).join(' ')}`,
    persist: `printf '%s\\n' ${pairs.map(([key, value]) => `'${key} = ${value}'`).join(' ')} >> /etc/sysctl.d/90-lvs.conf`,
    risk: 'safe',
    ...(old.length === 0 ? {} : { undo: `sysctl -w ${old.map(([key, value]) => `${key}=${value}`).join(' ')}` }),
  }
}

/** Insert a rule ahead of position `at` (1-based) of a chain. */
export function insertRule(host: HostId, chain: string, at: number, rule: string, risk: Risk = 'safe'): FixStep {
  return {
    host,
    run: `iptables -I ${chain} ${at} ${rule}`,
    persist: 'service iptables save || netfilter-persistent save',
    risk,
    undo: `iptables -D ${chain} ${rule}`,
  }
}

/** After keepalived.conf was edited as the text says. */
export function reloadKeepalived(host: HostId, risk: Risk = 'reloads'): FixStep {
  return { host, run: 'keepalived -t && systemctl reload keepalived', risk }
}

export function runStep(
  host: HostId,
  run: string,
  risk: Risk,
  more: { persist?: string; undo?: string } = {},
): FixStep {
  return { host, run, risk, ...more }
}
