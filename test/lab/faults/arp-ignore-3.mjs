export const fault = {
  name: 'arp-ignore-3',
  root: 'rs-arp-ignore-wrong-value',
  modes: ['dr'],
  note: 'arp_ignore=3 keeps quiet about addresses of scope host only',
  inject: `run rs1 'sysctl -q -w net.ipv4.conf.all.arp_ignore=3'`,
  symptom: { sh: `arp_answers $ASK_FROM $ASK_DEV`, proves: /answered by:.* rs1/m },
}
