export const fault = {
  name: 'include-no-match',
  root: 'keepalived-include-no-match',
  modes: ['dr'],
  note: 'the VRRP instance is in an included file whose name does not fit the pattern',
  inject: `each "$DIRECTORS" '
  cd /etc/keepalived && mkdir conf.d
  sed -n "/^vrrp_instance/,/^}/p" keepalived.conf >conf.d/vrrp.cfg
  sed -i "/^vrrp_instance/,/^}/d" keepalived.conf
  echo "include /etc/keepalived/conf.d/*.conf" >>keepalived.conf'`,
  symptom: {
    sh: `holders
on ds1 tail -n 12 /var/log/messages`,
    proves: /^holders: none$/m,
  },
}
