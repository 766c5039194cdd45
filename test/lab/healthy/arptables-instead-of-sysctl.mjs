export const healthy = {
  name: 'arptables-instead-of-sysctl',
  modes: ['dr'],
  note: 'arptables hides the VIP of the real servers',
  inject: `for n in 1 2; do
  run rs$n "sysctl -q -w net.ipv4.conf.all.arp_ignore=0 net.ipv4.conf.all.arp_announce=0
    arptables-legacy -A INPUT -d 192.168.10.100 -j DROP
    arptables-legacy -A OUTPUT -s 192.168.10.100 -j mangle --mangle-ip-s 192.168.10.2$n"
done`,
}
