export const healthy = {
  name: 'arp-sysctl-on-eth0-only',
  modes: ['dr'],
  note: 'arp_ignore and arp_announce on eth0 alone are enough',
  inject: `each "$SERVERS" 'sysctl -q -w net.ipv4.conf.all.arp_ignore=0 net.ipv4.conf.all.arp_announce=0 net.ipv4.conf.eth0.arp_ignore=1 net.ipv4.conf.eth0.arp_announce=2'`,
}
