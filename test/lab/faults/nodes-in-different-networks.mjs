export const fault = {
  name: 'nodes-in-different-networks',
  root: 'vrrp-nodes-different-l2',
  modes: ['dr'],
  note: "ds2's instance runs on eth1, in another network",
  inject: `ip link add elsewhere type bridge
ip link set elsewhere up
ip link add ds2-eth1 type veth peer name eth1 address 52:54:00:00:01:12 netns \${NS_OF[ds2]}
ip link set ds2-eth1 master elsewhere up
run ds2 'ip link set eth1 up; ip addr add 10.9.0.12/24 dev eth1'
edit ds2 's/interface eth0/interface eth1/'`,
  symptom: { sh: `holders`, proves: /^holders: ds1 ds2$/m },
}
