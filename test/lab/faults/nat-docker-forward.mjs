export const fault = {
  name: 'nat-docker-forward',
  root: 'docker-forward-drop',
  modes: ['nat'],
  note: 'Docker set FORWARD to DROP',
  inject: `each "$DIRECTORS" '
  iptables -N DOCKER-USER; iptables -N DOCKER; iptables -A DOCKER-USER -j RETURN
  iptables -A FORWARD -j DOCKER-USER
  iptables -A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
  iptables -A FORWARD -o docker0 -j DOCKER
  iptables -P FORWARD DROP'`,
  symptom: { sh: `requests 3`, proves: /^requests: timeout=3$/m },
}
