export const healthy = {
  name: 'sync-group',
  modes: ['vlan', 'nat'],
  note: 'instances of both lines in one sync group',
  inject: `each "$DIRECTORS" 'names=$(sed -n "s/^vrrp_instance \\([A-Z_0-9]*\\).*/\\1/p" /etc/keepalived/keepalived.conf)
  printf "vrrp_sync_group ALL {\\n    group {\\n$(for n in $names; do printf "        %s\\\\\\\\n" $n; done)    }\\n}\\n" >>/etc/keepalived/keepalived.conf'`,
}
