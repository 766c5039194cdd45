export const fault = {
  name: 'nat-forward-drop',
  root: 'nat-forward-blocked',
  modes: ['nat'],
  note: "FORWARD drops: the servers' answers end on the director",
  inject: `each "$DIRECTORS" 'iptables -P FORWARD DROP'`,
  symptom: {
    sh: `requests 3
on ds1 ipvsadm -Ln --stats`,
    proves: /^requests: timeout=3$/m,
  },
}
