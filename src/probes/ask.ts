/** The command that would supply a missing fact, as a person would type it. */
import type { FactName } from '../model/facts.ts'

const ASK: Readonly<Record<FactName, readonly string[]>> = {
  identity: ['hostname'],
  links: ['ip addr'],
  routes: ['ip route show table all'],
  policyRules: ['ip rule'],
  neighbours: ['ip neigh'],
  sysctl: ['sysctl -a 2>/dev/null | grep net.ipv4'],
  sysctlConf: ['cat /etc/sysctl.conf'],
  firewall: ['iptables-save -c'],
  nft: ['nft list ruleset'],
  arptables: ['arptables -L -n'],
  ipvs: ['ipvsadm -Ln'],
  ipvsStats: ['ipvsadm -Ln --stats'],
  ipvsConns: ['ipvsadm -Lnc'],
  keepalived: ['cat /etc/keepalived/keepalived.conf'],
  files: ['ls -l /etc/keepalived'],
  units: ['systemctl status keepalived'],
  log: ['journalctl -u keepalived -n 300 --no-pager'],
  capture: ["tcpdump -nn -i any 'vrrp or arp or host VIP'"],
  processes: ['ps axww'],
  sockets: ['ss -lnt'],
  counters: ['nstat -az'],
  commands: [],
  audit: ['ausearch -m avc -c keepalived'],
}

export function askFor(fact: FactName): readonly string[] {
  return ASK[fact]
}
