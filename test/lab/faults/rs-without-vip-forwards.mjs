export const fault = {
  name: 'rs-without-vip-forwards',
  root: 'rs-vip-missing',
  modes: ['dr'],
  note: 'rs1 does not have the VIP and forwards: packets circle between it and the director',
  inject: `run rs1 'ip addr del 192.168.10.100/32 dev lo; sysctl -q -w net.ipv4.ip_forward=1'`,
  symptom: { sh: `requests 4`, proves: /^requests: (no-route|timeout)=2 rs2=2$|^requests: rs2=2 timeout=2$/m },
}
