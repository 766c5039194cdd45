export const fault = {
  name: 'tun-rpf-strict',
  root: 'tun-rp-filter',
  modes: ['tun'],
  note: 'tunl0 of rs1 has rp_filter 1',
  inject: `run rs1 'sysctl -q -w net.ipv4.conf.tunl0.rp_filter=1'`,
  symptom: {
    sh: `requests 4
counter rs1 TcpExtIPReversePathFilter`,
    proves: /^requests: rs2=2 timeout=2$/m,
  },
}
