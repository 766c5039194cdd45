export const fault = {
  name: 'mark-missing',
  root: 'fwmark-without-mark',
  modes: ['dr'],
  note: 'the service is fwmark 8, and nothing marks packets',
  inject: `each_edit "$DIRECTORS" 's/virtual_server 192.168.10.100 80/virtual_server fwmark 8/'`,
  symptom: {
    sh: `on ds1 ipvsadm -Ln
requests 2`,
    proves: /^requests: refused=2$/m,
  },
}
