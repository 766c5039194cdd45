export const healthy = {
  name: 'redirect-instead-of-vip',
  modes: ['dr'],
  note: 'the real servers do not have the VIP: a REDIRECT rule takes the requests',
  inject: `each "$SERVERS" 'ip addr del 192.168.10.100/32 dev lo
  sysctl -q -w net.ipv4.conf.all.arp_ignore=0 net.ipv4.conf.all.arp_announce=0
  iptables -t nat -A PREROUTING -d 192.168.10.100 -p tcp --dport 80 -j REDIRECT'`,
}
