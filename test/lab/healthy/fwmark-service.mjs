export const healthy = {
  name: 'fwmark-service',
  modes: ['dr'],
  note: 'a service of marked packets, and the rule that marks them',
  inject: `each_edit "$DIRECTORS" 's/virtual_server 192.168.10.100 80/virtual_server fwmark 8/'
each "$DIRECTORS" 'iptables -t mangle -A PREROUTING -d 192.168.10.100 -p tcp --dport 80 -j MARK --set-mark 8'`,
}
