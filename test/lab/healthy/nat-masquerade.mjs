export const healthy = {
  name: 'nat-masquerade',
  modes: ['nat'],
  note: 'MASQUERADE towards the servers, with vs.conntrack=1: their gateway does not matter',
  inject: `each "$DIRECTORS" 'sysctl -q -w net.ipv4.vs.conntrack=1; iptables -t nat -A POSTROUTING -o eth1 -p tcp --dport 80 -j MASQUERADE'`,
}
