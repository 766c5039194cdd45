export const healthy = {
  name: 'tun-vip-on-lo',
  modes: ['tun'],
  note: 'the VIP is on lo; rp_filter is 0 on tunl0',
  inject: `each "$SERVERS" 'ip addr flush dev tunl0; ip addr add 192.168.10.100/32 dev lo label lo:0'`,
}
