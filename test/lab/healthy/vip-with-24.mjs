export const healthy = {
  name: 'vip-with-24',
  modes: ['dr'],
  note: 'VIP/24 on the directors, beside their own address',
  inject: `each_edit "$DIRECTORS" '/virtual_ipaddress/,/}/s/192.168.10.100$/192.168.10.100\\/24/'`,
}
