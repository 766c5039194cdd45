export const fault = {
  name: 'vrrp-drop-output',
  root: 'vrrp-blocked-output',
  modes: ['dr', 'nat'],
  note: 'OUTPUT of ds1 drops its own adverts',
  inject: `run ds1 'iptables -A OUTPUT -p vrrp -j DROP'`,
  symptom: {
    sh: `holders
on ds1 grep -hm2 "send advert error" /var/log/messages`,
    proves: /^holders: ds1 ds2$/m,
  },
}
