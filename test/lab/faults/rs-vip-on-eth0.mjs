export const fault = {
  name: 'rs-vip-on-eth0',
  root: 'rs-vip-on-ethernet',
  modes: ['dr'],
  note: 'rs1 has the VIP on eth0: arp_ignore does not hide it there',
  inject: `run rs1 'ip addr del 192.168.10.100/32 dev lo; ip addr add 192.168.10.100/32 dev eth0'`,
  symptom: { sh: `arp_answers $ASK_FROM $ASK_DEV`, proves: /answered by:.* rs1/m },
}
