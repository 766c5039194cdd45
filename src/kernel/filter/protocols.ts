/** Names that iptables prints for protocols and ports: those of /etc/protocols and the commonest of /etc/services. */

const PROTOCOLS: ReadonlyMap<string, number> = new Map([
  ['all', 0],
  ['ip', 0],
  ['icmp', 1],
  ['igmp', 2],
  // iptables prints 4 as `ipencap`. The word `ipip` is protocol 94: a rule with it does not let LVS tunnels through.
  ['ipencap', 4],
  ['ip-encap', 4],
  ['tcp', 6],
  ['egp', 8],
  ['igp', 9],
  ['udp', 17],
  ['dccp', 33],
  ['ipv6', 41],
  ['rsvp', 46],
  ['gre', 47],
  ['esp', 50],
  ['ipsec-esp', 50],
  ['ah', 51],
  ['ipsec-ah', 51],
  ['ipv6-icmp', 58],
  ['icmpv6', 58],
  ['eigrp', 88],
  ['ospf', 89],
  ['ospfigp', 89],
  ['ipip', 94],
  ['etherip', 97],
  ['encap', 98],
  ['pim', 103],
  ['ipcomp', 108],
  ['vrrp', 112],
  ['l2tp', 115],
  ['isis', 124],
  ['sctp', 132],
  ['fc', 133],
  ['udplite', 136],
  ['mpls-in-ip', 137],
])

const PORTS: ReadonlyMap<string, number> = new Map([
  ['ftp-data', 20],
  ['ftp', 21],
  ['ssh', 22],
  ['telnet', 23],
  ['smtp', 25],
  ['domain', 53],
  ['bootps', 67],
  ['bootpc', 68],
  ['tftp', 69],
  ['http', 80],
  ['www', 80],
  ['pop3', 110],
  ['sunrpc', 111],
  ['ntp', 123],
  ['imap', 143],
  ['imap2', 143],
  ['snmp', 161],
  ['ldap', 389],
  ['https', 443],
  ['ldaps', 636],
  ['mysql', 3306],
  ['postgresql', 5432],
  ['http-alt', 8080],
  ['webcache', 8080],
])

/** Whole decimal number in the range, undefined for anything else. */
export function decimal(text: string, max: number): number | undefined {
  if (!/^\d{1,10}$/.test(text)) return undefined
  const value = Number(text)
  return value <= max ? value : undefined
}

/** `vrrp` or `112` -> 112; `all` -> 0, which stands for every protocol. undefined: a name we do not know. */
export function protocolNumber(text: string): number | undefined {
  return decimal(text, 255) ?? PROTOCOLS.get(text.toLowerCase())
}

/** `80` or `http` -> 80. undefined: a name we do not know. */
export function portNumber(text: string): number | undefined {
  return decimal(text, 65535) ?? PORTS.get(text.toLowerCase())
}
