export const fault = {
  name: 'nodes-in-different-networks',
  root: 'vrrp-nodes-different-l2',
  modes: ['dr'],
  note: "ds2's instance runs on eth1, in another network",
  inject: `run ds2 'ip link add eth1 type dummy; ip link set eth1 up; ip addr add 10.9.0.12/24 dev eth1'
edit ds2 's/interface eth0/interface eth1/'`,
  symptom: { sh: `holders`, proves: /^holders: ds1 ds2$/m },
}
