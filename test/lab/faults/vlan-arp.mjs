export const fault = {
  name: 'vlan-arp',
  root: 'rs-arp-ignore-missing',
  modes: ['vlan'],
  note: 'rs1 answers ARP for the VIP on VLAN 100',
  inject: `run rs1 'sysctl -q -w net.ipv4.conf.all.arp_ignore=0'`,
  symptom: { sh: `arp_answers $ASK_FROM $ASK_DEV`, proves: /answered by:.* rs1/m },
}
