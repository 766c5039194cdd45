export const fault = {
  name: 'answers-are-snatted',
  root: 'tun-return-snat',
  modes: ['tun'],
  note: "the servers' way out is a NAT box: answers reach the client from another address, or not at all",
  reshape: (topology) => ({
    ...topology,
    hosts: {
      ...topology.hosts,
      natbox: {
        cables: [
          ['eth0', 'far', '52:54:00:00:00:fe', '192.168.20.254/24'],
          ['eth1', 'wan', '52:54:00:00:01:fe', '172.16.0.254/24'],
        ],
        setup: 'sysctl -q -w net.ipv4.ip_forward=1 net.ipv4.conf.all.rp_filter=0',
      },
    },
  }),
  inject: `run natbox 'iptables -A FORWARD -m conntrack --ctstate INVALID -j DROP; iptables -t nat -A POSTROUTING -o eth1 -j MASQUERADE'
each 'rs1 rs2' 'ip route replace default via 192.168.20.254'`,
  symptom: { sh: `requests 3`, proves: /^requests: (timeout|reset|refused)=3$/m },
}
