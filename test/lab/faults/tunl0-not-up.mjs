export const fault = {
  name: 'tunl0-not-up',
  root: 'tunl0-down',
  modes: ['tun'],
  note: 'tunl0 of rs1 is down',
  inject: `run rs1 'ip addr flush dev tunl0; ip link set tunl0 down; ip addr add 192.168.10.100/32 dev lo'`,
  symptom: { sh: `requests 4`, proves: /^requests: refused=2 rs2=2$/m },
}
