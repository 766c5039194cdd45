export const fault = {
  name: 'arp-no-sysctl',
  root: 'rs-arp-ignore-missing',
  modes: ['dr'],
  note: 'rs1 has the VIP on lo and answers ARP for it',
  inject: `run rs1 'sysctl -q -w net.ipv4.conf.all.arp_ignore=0 net.ipv4.conf.all.arp_announce=0'`,
  symptom: {
    sh: `arp_answers $ASK_FROM $ASK_DEV
requests 4`,
    proves: /answered by:.* rs1/m,
  },
  also: ['rs-arp-announce-missing'],
}
