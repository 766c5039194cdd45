export const fault = {
  name: 'director-output-drops',
  root: 'director-output-blocks-ipvs',
  modes: ['dr', 'tun', 'nat'],
  note: 'OUTPUT of the directors lets only known things out',
  inject: `each "$DIRECTORS" '
  iptables -A OUTPUT -o lo -j ACCEPT
  iptables -A OUTPUT -p vrrp -j ACCEPT
  iptables -A OUTPUT -p icmp -j ACCEPT
  for rs in 192.168.10.21 192.168.10.22 192.168.20.21 192.168.20.22; do iptables -A OUTPUT -p tcp -d $rs -j ACCEPT; done
  iptables -A OUTPUT -p tcp -s 10.10.0.0/24 -d 10.10.0.0/24 -j ACCEPT
  iptables -A OUTPUT -j DROP'`,
  symptom: {
    sh: `holders
requests 3
on ds1 ipvsadm -Ln`,
    proves: /^requests: timeout=3$/m,
  },
}
