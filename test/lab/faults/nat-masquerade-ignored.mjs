export const fault = {
  name: 'nat-masquerade-ignored',
  root: 'masquerade-needs-vs-conntrack',
  modes: ['nat'],
  note: 'MASQUERADE towards the servers, but vs.conntrack=0: they still see the client, and have no way back to it',
  inject: `each "$DIRECTORS" 'iptables -t nat -A POSTROUTING -o eth1 -p tcp --dport 80 -j MASQUERADE'
each 'rs1 rs2' 'ip route del default; ip route add 10.10.0.0/24 dev eth0 2>/dev/null'`,
  symptom: {
    sh: `requests 3
on rs1 timeout 5 tcpdump -nn -i eth0 -c 1 'tcp port 80 and src host 172.16.0.10' & on client curl -s -m 2 http://$VIP/; on client curl -s -m 2 http://$VIP/; wait %%`,
    proves: /^requests: timeout=3$/m,
  },
}
