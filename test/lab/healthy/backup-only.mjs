export const healthy = {
  name: 'backup-only',
  modes: ['two'],
  note: 'no mark, but backup_only=1 and sync daemons: the backup does not balance',
  inject: `each "$DIRECTORS" 'iptables -t mangle -F PREROUTING; sysctl -q -w net.ipv4.vs.backup_only=1'
each_edit "$DIRECTORS" 's/virtual_server fwmark 8/virtual_server 192.168.10.100 80/; s/^( *)router_id/\\1lvs_sync_daemon eth0 VI_1\\n\\1router_id/'`,
}
