export const fault = {
  name: 'rpf-all-zero-iface-one',
  root: 'rp-filter-all-zero-iface-one',
  modes: ['dr2'],
  note: 'conf.all is 0, but eth0 has 1 and the larger counts',
  inject: `each 'rs1 rs2' 'ip rule del from 192.168.10.100 lookup 10; sysctl -q -w net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0 net.ipv4.conf.eth0.rp_filter=1'`,
  symptom: {
    sh: `requests 2
counter rs1 TcpExtIPReversePathFilter`,
    proves: /ReversePathFilter [1-9]/m,
  },
  also: ['rs-multiline-return', 'rp-filter-asymmetric'],
}
