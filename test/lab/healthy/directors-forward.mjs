export const healthy = {
  name: 'directors-forward',
  modes: ['dr', 'tun'],
  note: 'ip_forward=1 on DR and TUN directors is not needed and does no harm',
  inject: `each "$DIRECTORS" 'sysctl -q -w net.ipv4.ip_forward=1'`,
}
