export const fault = {
  name: 'dr-behind-router',
  root: 'dip-rip-not-onlink',
  modes: ['tun'],
  note: 'lb_kind DR for servers behind a router',
  inject: `each_edit "$DIRECTORS" 's/lb_kind TUN/lb_kind DR/'`,
  symptom: {
    sh: `requests 3
on ds1 ipvsadm -Ln`,
    proves: /^requests: (no-route|timeout)=3$/m,
  },
}
