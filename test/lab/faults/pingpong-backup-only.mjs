export const fault = {
  name: 'pingpong-backup-only',
  root: 'backup-only-without-syncd',
  modes: ['two'],
  note: 'backup_only=1, but no sync daemon makes a host a backup',
  inject: `each "$DIRECTORS" 'iptables -t mangle -F PREROUTING; sysctl -q -w net.ipv4.vs.backup_only=1'
each_edit "$DIRECTORS" 's/virtual_server fwmark 8/virtual_server 192.168.10.100 80/'`,
  symptom: {
    sh: `requests 8
on ds2 ipvsadm -ln --daemon`,
    proves: /no-route=/m,
  },
}
