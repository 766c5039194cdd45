export const fault = {
  name: 'vrrp-drop-policy-both',
  root: 'vrrp-blocked-input',
  modes: ['dr', 'nat'],
  note: 'INPUT policy DROP on both directors, nothing accepts protocol 112',
  inject: `each "$DIRECTORS" '
    iptables -A INPUT -i lo -j ACCEPT
    iptables -A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT
    iptables -A INPUT -p icmp -j ACCEPT
    iptables -A INPUT -p tcp --dport 80 -j ACCEPT
    iptables -P INPUT DROP'`,
  symptom: { sh: 'holders', proves: /^holders: ds1 ds2$/m },
  also: [],
}
