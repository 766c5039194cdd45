export const fault = {
  name: 'rs-input-drops-clients',
  root: 'rs-input-blocks-vport',
  modes: ['nat'],
  note: 'rs1 accepts port 80 from its own LAN only',
  inject: `run rs1 'iptables -A INPUT -s 10.10.0.0/24 -j ACCEPT; iptables -A INPUT -p tcp --dport 80 -j DROP'`,
  symptom: { sh: `requests 4`, proves: /^requests: rs2=2 timeout=2$/m },
}
