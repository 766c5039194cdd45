export const fault = {
  name: 'director-invalid',
  root: 'director-drops-invalid',
  modes: ['dr'],
  note: 'INVALID is dropped and conntrack picks up nothing in the middle (tcp_loose=0)',
  inject: `each "$DIRECTORS" '
  sysctl -q -w net.netfilter.nf_conntrack_tcp_loose=0
  iptables -A INPUT -m conntrack --ctstate INVALID -j DROP'`,
  symptom: {
    sh: `requests 3
on ds1 iptables -nvL INPUT`,
    proves: /^requests: timeout=3$/m,
  },
}
