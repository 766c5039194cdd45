export const fault = {
  name: 'rs-rejects-ipip',
  root: 'rs-proto4-blocked',
  modes: ['tun'],
  note: 'rs1 does not accept protocol 4',
  inject: `fence rs1 '-p tcp --dport 80'`,
  symptom: {
    sh: `requests 4
on rs1 iptables -nvL INPUT`,
    proves: /^requests: no-route=2 rs2=2$/m,
  },
}
