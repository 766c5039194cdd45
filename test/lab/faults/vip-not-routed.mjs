export const fault = {
  name: 'vip-not-routed',
  root: 'vip-outside-subnet',
  modes: ['dr'],
  note: 'a VIP of a network that nobody routes to the directors',
  inject: `each_edit "$DIRECTORS" 's/192.168.10.100/192.168.99.100/'
each 'rs1 rs2' 'ip addr add 192.168.99.100/32 dev lo'`,
  symptom: {
    sh: `holders 192.168.99.100
requests 2 client 192.168.99.100`,
    proves: /^holders: ds1$[\s\S]*requests: (no-route|timeout)=2|Network/m,
  },
}
