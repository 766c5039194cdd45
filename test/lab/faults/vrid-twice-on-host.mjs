export const fault = {
  name: 'vrid-twice-on-host',
  root: 'vrid-dup-local',
  modes: ['dr'],
  note: 'two instances of a host use one VRID on one interface',
  inject: `each "$DIRECTORS" '
  sed -n "/^vrrp_instance/,/^}/p" /etc/keepalived/keepalived.conf | sed "s/VI_1/VI_2/; s/10.100/10.101/" >/run/second
  cat /run/second >>/etc/keepalived/keepalived.conf'`,
  symptom: {
    sh: `holders
on ds1 grep -hE "VRID" /var/log/messages`,
    proves: /VRID 51/m,
  },
}
