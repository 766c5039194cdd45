export const fault = {
  name: 'tun-rpf-loose-without-address',
  root: 'tun-rp-loose-no-address',
  modes: ['tun'],
  note: 'rp_filter 2, but the VIP is on lo and tunl0 has no address',
  inject: `run rs1 'ip addr del 192.168.10.100/32 dev tunl0; ip addr add 192.168.10.100/32 dev lo label lo:0; sysctl -q -w net.ipv4.conf.tunl0.rp_filter=2'`,
  symptom: {
    sh: `requests 4
counter rs1 TcpExtIPReversePathFilter`,
    proves: /^requests: rs2=2 timeout=2$/m,
  },
}
