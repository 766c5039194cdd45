export const fault = {
  name: 'nat-to-dr-servers',
  root: ['mode-mismatch', 'nat-rs-gateway'],
  modes: ['dr'],
  note: 'lb_kind NAT, but the servers answer past the director',
  inject: `each_edit "$DIRECTORS" 's/lb_kind DR/lb_kind NAT/'
each "$DIRECTORS" 'sysctl -q -w net.ipv4.ip_forward=1'`,
  symptom: {
    sh: `requests 3
on ds1 ipvsadm -Ln`,
    proves: /^requests: timeout=3$/m,
  },
}
