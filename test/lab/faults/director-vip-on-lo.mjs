export const fault = {
  name: 'director-vip-on-lo',
  root: 'director-arp-ignore-loses-vip',
  modes: ['dr'],
  note: 'keepalived puts the VIP on lo, and arp_ignore=1 hides it there',
  inject: `each_edit "$DIRECTORS" 's/^( *)192.168.10.100$/\\1192.168.10.100 dev lo/'
each "$DIRECTORS" 'sysctl -q -w net.ipv4.conf.all.arp_ignore=1'`,
  symptom: {
    sh: `arp_answers $ASK_FROM $ASK_DEV
requests 2`,
    proves: /answered by: nobody/m,
  },
  // No gratuitous ARP goes out of lo, whatever arp_ignore says.
  also: ['garp-wrong-interface'],
}
