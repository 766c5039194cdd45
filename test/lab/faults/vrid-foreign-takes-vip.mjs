export const fault = {
  name: 'vrid-foreign-takes-vip',
  root: 'vrid-clash',
  modes: ['dr'],
  note: 'a foreign pair with the same VRID, VIP and a higher priority takes the VIP',
  inject: `stranger other lan 52:54:00:00:00:66 192.168.10.66/24
on ds1 cat /etc/keepalived/keepalived.conf | on other tee /etc/keepalived/keepalived.conf >/dev/null
edit other 's/priority 100/priority 200/; s/LVS_ds1/other/; /^virtual_server/,$d'`,
  after: `on other keepalived -D`,
  symptom: {
    sh: `holders
requests 3
arp_answers $ASK_FROM $ASK_DEV`,
    proves: /^holders: none$/m,
  },
}
