export const fault = {
  name: 'rpf-second-line',
  root: ['rs-multiline-return', 'rp-filter-asymmetric'],
  modes: ['dr2'],
  note: 'strict rp_filter where answers leave by the other line',
  inject: `each 'rs1 rs2' 'ip rule del from 192.168.10.100 lookup 10; sysctl -q -w net.ipv4.conf.all.rp_filter=1'`,
  symptom: {
    sh: `requests 2
counter rs1 TcpExtIPReversePathFilter`,
    proves: /^requests: timeout=2$[\s\S]*ReversePathFilter [1-9]/m,
  },
  also: ['rs-multiline-return', 'rp-filter-asymmetric'],
}
