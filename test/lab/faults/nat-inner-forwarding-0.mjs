export const fault = {
  name: 'nat-inner-forwarding-0',
  root: 'iface-forwarding-off',
  modes: ['nat'],
  note: 'ip_forward=1, but eth1, where answers come in, has forwarding 0',
  inject: `each "$DIRECTORS" 'sysctl -q -w net.ipv4.conf.eth1.forwarding=0'`,
  symptom: {
    sh: `requests 3
on ds1 sysctl net.ipv4.ip_forward`,
    proves: /^requests: timeout=3$/m,
  },
}
