export const fault = {
  name: 'client-two-networks',
  root: 'client-rp-filter',
  modes: ['tun'],
  note: "the client has a leg in the servers' network: answers arrive on the wrong interface",
  inject: `ip link add client-eth1 type veth peer name eth1 address 52:54:00:00:01:0a netns \${NS_OF[client]}
ip link set client-eth1 master far up
run client 'ip link set eth1 up; ip addr add 192.168.20.10/24 dev eth1; sysctl -q -w net.ipv4.conf.all.rp_filter=1 net.ipv4.conf.eth1.rp_filter=1'
each 'rs1 rs2' 'ip route add 172.16.0.10/32 via 192.168.20.10'`,
  symptom: {
    sh: `requests 3
counter client TcpExtIPReversePathFilter`,
    proves: /^requests: timeout=3$[\s\S]*ReversePathFilter [1-9]/m,
  },
}
