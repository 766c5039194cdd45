export const fault = {
  name: 'conf-executable',
  root: 'keepalived-conf-executable',
  modes: ['dr', 'tun'],
  note: 'keepalived.conf has mode 755 on both directors',
  inject: `each "$DIRECTORS" 'chmod 755 /etc/keepalived/keepalived.conf'`,
  symptom: {
    sh: `holders
requests 2
on ds1 grep -h 'non-executable' /var/log/messages`,
    proves: /^holders: none$/m,
  },
}
