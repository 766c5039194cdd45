export const fault = {
  name: 'vlan-rpf-strict',
  root: ['rs-multiline-return', 'rp-filter-asymmetric'],
  modes: ['vlan'],
  note: 'requests of line B, whose answers leave by line A under strict rp_filter',
  inject: `each 'rs1 rs2' 'ip rule del from 192.168.30.100 lookup 200; sysctl -q -w net.ipv4.conf.all.rp_filter=1 net.ipv4.conf.eth0/200.rp_filter=1'`,
  symptom: {
    sh: `requests 3
requests 3 client $VIP_B
counter rs1 TcpExtIPReversePathFilter`,
    proves: /^requests: timeout=3$[\s\S]*ReversePathFilter [1-9]/m,
  },
  also: ['rs-multiline-return', 'rp-filter-asymmetric'],
}
