export const fault = {
  name: 'stranger-has-vip',
  root: 'vip-foreign-owner',
  modes: ['dr'],
  note: 'a machine outside the cluster has the VIP as its own address',
  inject: `stranger printer lan 52:54:00:00:00:77 192.168.10.77/24
run printer 'ip addr add 192.168.10.100/24 dev eth0'`,
  symptom: { sh: `on router arping -c 3 -I eth1 192.168.10.100`, proves: /00:00:77/m },
}
