export const healthy = {
  name: 'nat-forward-with-conntrack',
  modes: ['nat'],
  note: 'FORWARD by RELATED,ESTABLISHED, with vs.conntrack=1',
  inject: `each "$DIRECTORS" 'sysctl -q -w net.ipv4.vs.conntrack=1; iptables -A FORWARD -m state --state RELATED,ESTABLISHED -j ACCEPT; iptables -A FORWARD -j REJECT'`,
}
