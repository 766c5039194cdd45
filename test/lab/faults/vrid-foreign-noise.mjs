export const fault = {
  name: 'vrid-foreign-noise',
  root: 'vrid-clash',
  modes: ['dr'],
  note: 'a foreign router uses the same VRID for another address: every advert is refused and logged',
  inject: `stranger other lan 52:54:00:00:00:66 192.168.10.66/24
on ds1 cat /etc/keepalived/keepalived.conf | on other tee /etc/keepalived/keepalived.conf >/dev/null
edit other 's/priority 100/priority 200/; s/LVS_ds1/other/; s/192.168.10.100/192.168.10.200/; /^virtual_server/,$d'`,
  after: `on other keepalived -D`,
  symptom: {
    sh: `holders
on ds1 grep -hcE "not present|unexpected|ip number" /var/log/messages`,
    proves: /^[1-9]\d*$/m,
  },
}
