export const healthy = {
  name: 'firewalled-legacy',
  modes: ['dr'],
  note: 'the same with the legacy iptables',
  iptables: 'legacy',
  inject: `for d in $DIRECTORS; do fence $d '-p 112' '-d 192.168.10.100 -p tcp --dport 80'; done
for s in $SERVERS; do fence $s '-p tcp --dport 80'; done`,
}
