export const fault = {
  name: 'same-ip-twice',
  root: 'duplicate-host-ip',
  modes: ['dr'],
  note: 'rs2 has the address of rs1, too',
  inject: `run rs2 'ip addr add 192.168.10.21/24 dev eth0'`,
  symptom: { sh: `arp_answers $ASK_FROM $ASK_DEV 192.168.10.21`, proves: /rs1 rs2/m },
}
