export const fault = {
  name: 'tun-rpf-all-strict',
  root: 'rp-filter-iface-zero-all-one',
  modes: ['tun'],
  note: 'tunl0 has 0, conf.all has 1',
  inject: `run rs1 'sysctl -q -w net.ipv4.conf.all.rp_filter=1'`,
  symptom: {
    sh: `requests 4
counter rs1 TcpExtIPReversePathFilter`,
    proves: /^requests: rs2=2 timeout=2$[\s\S]*ReversePathFilter [1-9]/m,
  },
}
