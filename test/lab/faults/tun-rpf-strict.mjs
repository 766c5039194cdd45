export const fault = {
  name: 'tun-rpf-strict',
  root: 'tun-rp-filter',
  modes: ['tun'],
  note: 'all and tunl0 of rs1 have rp_filter 1',
  inject: `run rs1 'sysctl -q -w net.ipv4.conf.all.rp_filter=1 net.ipv4.conf.tunl0.rp_filter=1'`,
  symptom: {
    sh: `requests 4
counter rs1 TcpExtIPReversePathFilter`,
    proves: /^requests: rs2=2 timeout=2$[\s\S]*ReversePathFilter [1-9]/m,
  },
}
