export const fault = {
  name: 'vip-list-differs',
  root: 'vip-list-mismatch',
  modes: ['dr'],
  note: 'ds2 has one more VIP',
  inject: `edit ds2 's/^( *)192.168.10.100$/\\1192.168.10.100\\n\\1192.168.10.101/'`,
  symptom: {
    sh: `holders
on ds1 grep -hm2 "ip number" /var/log/messages`,
    proves: /^holders: ds1 ds2$/m,
  },
}
