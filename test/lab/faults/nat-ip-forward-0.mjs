export const fault = {
  name: 'nat-ip-forward-0',
  root: 'ip-forward-off-nat',
  modes: ['nat'],
  note: 'net.ipv4.ip_forward=0 on the directors',
  inject: `each "$DIRECTORS" 'sysctl -q -w net.ipv4.ip_forward=0'`,
  symptom: {
    sh: `requests 3
on ds1 ipvsadm -Ln --stats`,
    proves: /^requests: timeout=3$/m,
  },
}
