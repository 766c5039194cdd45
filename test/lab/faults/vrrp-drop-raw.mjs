export const fault = {
  name: 'vrrp-drop-raw',
  root: 'vrrp-blocked-input',
  modes: ['dr'],
  note: 'table raw of ds2 drops VRRP before INPUT sees it',
  inject: `run ds2 'iptables -t raw -A PREROUTING -p vrrp -j DROP'`,
  symptom: { sh: `holders`, proves: /^holders: ds1 ds2$/m },
}
