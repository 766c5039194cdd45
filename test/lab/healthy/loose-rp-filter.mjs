export const healthy = {
  name: 'loose-rp-filter',
  modes: ['dr', 'tun'],
  note: 'rp_filter 2 everywhere; tunl0 has an address',
  inject: `each "$DIRECTORS $SERVERS" 'for i in /proc/sys/net/ipv4/conf/*/rp_filter; do echo 2 >$i; done'`,
}
