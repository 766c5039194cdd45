export const fault = {
  name: 'vip-dev-missing',
  root: 'vip-dev-missing',
  modes: ['dr'],
  note: 'the VIP is to go on eth9, which does not exist',
  inject: `each_edit "$DIRECTORS" 's/^( *)192.168.10.100$/\\1192.168.10.100 dev eth9/'`,
  symptom: {
    sh: `holders
on ds1 grep -h eth9 /var/log/messages`,
    proves: /^holders: none$/m,
  },
}
