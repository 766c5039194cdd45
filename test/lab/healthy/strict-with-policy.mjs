export const healthy = {
  name: 'strict-with-policy',
  modes: ['dr2'],
  note: 'strict rp_filter and two lines: the policy rule makes the way back the same',
  inject: `each "$SERVERS" 'sysctl -q -w net.ipv4.conf.all.rp_filter=1'`,
}
