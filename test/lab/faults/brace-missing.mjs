export const fault = {
  name: 'brace-missing',
  root: 'keepalived-brace-mismatch',
  modes: ['dr'],
  note: 'the authentication block is not closed on either director',
  inject: `each "$DIRECTORS" 'sed -i "/auth_pass/{n;d}" /etc/keepalived/keepalived.conf'`,
  symptom: {
    sh: `holders
requests 2
on ds1 grep -hE "missing|extra" /var/log/messages`,
    proves: /missing '}'/m,
  },
}
