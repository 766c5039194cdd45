export const fault = {
  name: 'auth-on-one-node',
  root: 'auth-mismatch',
  modes: ['dr'],
  note: 'only ds1 has an authentication block',
  inject: `edit ds2 '/authentication/,/}/d'`,
  symptom: {
    sh: `holders
on ds1 grep -hm2 ' auth' /var/log/messages`,
    proves: /^holders: ds1 ds2$/m,
  },
}
