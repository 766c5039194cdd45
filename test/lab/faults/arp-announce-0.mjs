export const fault = {
  name: 'arp-announce-0',
  root: 'rs-arp-announce-missing',
  modes: ['dr'],
  note: "rs1 asks for the router in the name of the VIP: the router takes its MAC for the VIP's",
  inject: `run rs1 'sysctl -q -w net.ipv4.conf.all.arp_announce=0'`,
  symptom: {
    sh: `requests 2
run rs1 'ip neigh flush dev eth0'
requests 4
neighbour router $VIP`,
    proves: /router sends 192.168.10.100 to: rs1/m,
  },
}
