export const fault = {
  name: 'health-answers-dropped',
  root: 'health-check-reply-blocked',
  modes: ['dr', 'nat'],
  note: 'the directors drop the answers to their own health checks',
  inject: `each "$DIRECTORS" '
  iptables -A INPUT -i lo -j ACCEPT
  iptables -A INPUT -p vrrp -j ACCEPT
  iptables -A INPUT -p tcp -d 192.168.10.100 --dport 80 -j ACCEPT
  iptables -A INPUT -p icmp -j ACCEPT
  iptables -A INPUT -j DROP'`,
  settle: 12,
  symptom: {
    sh: `holders
on ds1 ipvsadm -Ln
requests 2`,
    proves: /^requests: refused=2$/m,
  },
}
