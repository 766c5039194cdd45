export const fault = {
  name: 'vip-not-an-address',
  // keepalived rejects the line, and so the instance has no VIP.
  root: ['keepalived-line-rejected', 'vrrp-instance-no-vip'],
  modes: ['dr'],
  note: 'the only VIP is 192.168.10.300, which is no address',
  inject: `each_edit "$DIRECTORS" '/virtual_ipaddress/,/}/s/192.168.10.100/192.168.10.300/'`,
  symptom: {
    sh: `holders
requests 2
on ds1 grep -hE "invalid IP|No VIP" /var/log/messages`,
    proves: /^holders: none$/m,
  },
}
