export const fault = {
  name: 'sync-port-blocked',
  root: 'ipvs-sync-blocked',
  modes: ['dr'],
  note: 'the backup drops UDP 8848: it learns no connections',
  inject: `each_edit "$DIRECTORS" 's/^( *)router_id/\\1lvs_sync_daemon eth0 VI_1\\n\\1router_id/'
each "$DIRECTORS" 'sysctl -q -w net.ipv4.vs.sync_threshold="1 50"'
run ds2 'iptables -A INPUT -p udp --dport 8848 -j DROP'`,
  symptom: {
    sh: `requests 4
sleep 2
on ds1 ipvsadm -ln --daemon
echo "ds1 knows $(on ds1 ipvsadm -Lnc | grep -c "$VIP") connections, ds2 $(on ds2 ipvsadm -Lnc | grep -c "$VIP")"`,
    proves: /ds1 knows [1-9]\d* connections, ds2 0/m,
  },
}
