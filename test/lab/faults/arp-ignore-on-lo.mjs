export const fault = {
  name: 'arp-ignore-on-lo',
  root: 'rs-arp-ignore-only-lo',
  modes: ['dr'],
  note: 'arp_ignore is set on lo, where no ARP request ever arrives',
  inject: `run rs1 'sysctl -q -w net.ipv4.conf.all.arp_ignore=0 net.ipv4.conf.lo.arp_ignore=1 net.ipv4.conf.lo.arp_announce=2'`,
  symptom: { sh: `arp_answers $ASK_FROM $ASK_DEV`, proves: /answered by:.* rs1/m },
}
