export const healthy = {
  name: 'firewalled',
  modes: ['dr', 'tun', 'nat', 'vlan'],
  note: 'every host filters, and lets in what it needs',
  inject: `for d in $DIRECTORS; do fence $d '-p vrrp' '-p tcp --dport 80'; done
for s in $SERVERS; do fence $s '-p tcp --dport 80' '-p ipencap'; done
each "$DIRECTORS" '
  iptables -A FORWARD -s 10.10.0.0/24 -p tcp --sport 80 -j ACCEPT
  iptables -A FORWARD -j REJECT --reject-with icmp-host-prohibited'`,
}
