export const fault = {
  name: 'tun-rpf-all-zero',
  root: 'rp-filter-all-zero-iface-one',
  modes: ['tun'],
  note: 'conf.all of rs1 has rp_filter 0, tunl0 still has 1',
  inject: `run rs1 'sysctl -q -w net.ipv4.conf.tunl0.rp_filter=1'`,
  symptom: {
    sh: `requests 4
counter rs1 TcpExtIPReversePathFilter`,
    proves: /^requests: rs2=2 timeout=2$[\s\S]*ReversePathFilter [1-9]/m,
  },
}
