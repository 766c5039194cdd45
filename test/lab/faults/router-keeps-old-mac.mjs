export const fault = {
  name: 'router-keeps-old-mac',
  root: 'arp-stale-after-failover',
  modes: ['dr'],
  note: 'after a failover the router still sends to ds1: gratuitous ARP does not reach its table',
  after: `run router 'ip neigh replace 192.168.10.100 lladdr 52:54:00:00:00:11 dev eth1 nud permanent'
fail_over`,
  symptom: {
    sh: `holders
neighbour router $VIP
requests 2`,
    proves: /^holders: ds2$[\s\S]*to: ds1/m,
  },
  also: ['keepalived-not-running'],
}
