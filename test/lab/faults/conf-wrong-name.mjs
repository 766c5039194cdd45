export const fault = {
  name: 'conf-wrong-name',
  root: 'keepalived-conf-wrong-name',
  modes: ['dr'],
  note: 'the edited file is called keepalivec.conf: keepalived finds none',
  inject: `each "$DIRECTORS" 'mv /etc/keepalived/keepalived.conf /etc/keepalived/keepalivec.conf'`,
  symptom: {
    sh: `holders
on ds1 grep -h -i 'config.*missing' /var/log/messages`,
    proves: /^holders: none$/m,
  },
}
