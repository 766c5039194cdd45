export const fault = {
  name: 'tunnel-to-dr-servers',
  root: ['mode-mismatch', 'tunl0-down'],
  modes: ['dr'],
  note: 'lb_kind TUN, but the servers have no tunnel device',
  inject: `each_edit "$DIRECTORS" 's/lb_kind DR/lb_kind TUN/'`,
  symptom: {
    sh: `requests 3
on ds1 ipvsadm -Ln`,
    proves: /^requests: (refused|no-route|timeout)=3$/m,
  },
}
