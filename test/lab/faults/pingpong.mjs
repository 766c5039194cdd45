export const fault = {
  name: 'pingpong',
  root: 'lvs-pingpong',
  modes: ['two'],
  note: 'the directors are the servers, and the backup balances again what the master sends it',
  inject: `each "$DIRECTORS" 'iptables -t mangle -F PREROUTING'
each_edit "$DIRECTORS" 's/virtual_server fwmark 8/virtual_server 192.168.10.100 80/'`,
  symptom: { sh: `requests 8`, proves: /no-route=/m },
}
