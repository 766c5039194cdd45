export const fault = {
  name: 'nat-client-on-inner-lan',
  root: 'nat-client-same-subnet',
  modes: ['nat'],
  note: "a client in the servers' network gets the answer from the server itself",
  inject: `run client 'ip link add eth9 type dummy' ; ip link add client-eth1 type veth peer name eth1 address 52:54:00:00:01:0a netns \${NS_OF[client]}
ip link set client-eth1 master inner up
run client 'ip link del eth9; ip addr flush dev eth0; ip link set eth1 up; ip addr add 10.10.0.50/24 dev eth1; ip route add default via 10.10.0.1'`,
  symptom: { sh: `requests 3`, proves: /^requests: timeout=3$/m },
}
