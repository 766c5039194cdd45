export const fault = {
  name: 'vip-on-wrong-vlan',
  root: 'garp-wrong-interface',
  modes: ['vlan'],
  note: 'VIP B belongs to line B (VLAN 200), keepalived puts it on VLAN 100',
  inject: `each_edit "$DIRECTORS" '/VI_B/,/^}/s/interface eth0.200/interface eth0.100/'`,
  symptom: {
    sh: `on ds1 ip -o -4 addr show eth0.100
run router2 'timeout 6 tcpdump -nn -c 1 -i eth1.200 "arp and host 192.168.30.100"' >/tmp/lab/garp 2>&1 &
fail_over
on ds1 keepalived -D
wait $!
cat /tmp/lab/garp`,
    proves: /0 packets captured/m,
  },
}
