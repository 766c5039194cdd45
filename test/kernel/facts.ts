/** Facts out of command output, the way the kernel models get them. */
import type { Firewall, Links, PolicyRules, Routes, Sysctl } from '../../src/model/facts.ts'
import { ipAddr } from '../../src/parsers/ip-addr.ts'
import { ipRoute } from '../../src/parsers/ip-route.ts'
import { ipRule } from '../../src/parsers/ip-rule.ts'
import { iptablesSave } from '../../src/parsers/iptables.ts'
import { sysctl } from '../../src/parsers/sysctl.ts'
import { sectionOf } from '../parsers/section.ts'

/** `iptables-save`, all tables. */
export function saved(text: string): Firewall {
  return iptablesSave.parse(sectionOf(text, { command: 'iptables-save' })).value
}

/** `iptables -S`, table filter alone. */
export function listed(text: string, table = 'filter'): Firewall {
  return iptablesSave.parse(sectionOf(text, { command: `iptables -t ${table} -S` })).value
}

/** Rules of one chain of table filter, after `:INPUT ACCEPT` and the like; the first rule is line 6. */
export function filterRules(rules: readonly string[], policy = 'ACCEPT', more: readonly string[] = []): Firewall {
  const chains = ['INPUT', 'FORWARD', 'OUTPUT'].map((chain) => `:${chain} ${policy} [0:0]`)
  const user = more.map((chain) => `:${chain} - [0:0]`)
  return saved(['*filter', ...chains, ...user, '# rules', ...rules, 'COMMIT'].join('\n'))
}

export function links(text: string): Links {
  return ipAddr.parse(sectionOf(text, { command: 'ip addr' })).value
}

export function routes(text: string, command = 'ip route'): Routes {
  return ipRoute.parse(sectionOf(text, { command })).value
}

export function rules(text: string): PolicyRules {
  return ipRule.parse(sectionOf(text, { command: 'ip rule' })).value
}

/** `all.rp_filter=1 eth0.arp_ignore=0` */
export function conf(words: string): Sysctl {
  const lines = words.split(' ').map((word) => `net.ipv4.conf.${word.replace('=', ' = ')}`)
  return sysctl.parse(sectionOf(lines.join('\n'), { command: 'sysctl -a' })).value
}
