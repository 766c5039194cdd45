export const fault = {
  name: 'rs-without-vip',
  root: 'rs-vip-missing',
  modes: ['dr', 'tun'],
  note: 'rs1 does not have the VIP',
  inject: `run rs1 'ip addr del 192.168.10.100/32 dev lo 2>/dev/null || ip addr del 192.168.10.100/32 dev tunl0'`,
  symptom: { sh: `requests 4`, proves: /^requests: rs2=2 timeout=2$/m },
}
