export const fault = {
  name: 'auth-pass-differs',
  root: 'auth-mismatch',
  modes: ['dr', 'nat'],
  note: 'the two nodes have different passwords',
  inject: `edit ds2 's/auth_pass 1111/auth_pass 2222/'`,
  symptom: {
    sh: `holders
on ds1 grep -hm2 passwd /var/log/messages`,
    proves: /^holders: ds1 ds2$/m,
  },
}
