export const fault = {
  name: 'nat-forward-established',
  root: 'nat-forward-stateful',
  modes: ['nat'],
  note: 'FORWARD accepts RELATED,ESTABLISHED, but IPVS does not tell conntrack (vs.conntrack=0)',
  inject: `each "$DIRECTORS" 'iptables -A FORWARD -m state --state RELATED,ESTABLISHED -j ACCEPT; iptables -A FORWARD -j REJECT --reject-with icmp-host-prohibited'`,
  symptom: {
    sh: `requests 3
on ds1 iptables -nvL FORWARD`,
    proves: /^requests: timeout=3$/m,
  },
}
