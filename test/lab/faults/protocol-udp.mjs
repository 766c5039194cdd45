export const fault = {
  name: 'protocol-udp',
  root: 'vs-protocol-mismatch',
  modes: ['dr'],
  note: 'protocol UDP for a TCP service',
  inject: `each_edit "$DIRECTORS" 's/protocol TCP/protocol UDP/'`,
  symptom: {
    sh: `on ds1 ipvsadm -Ln
requests 2`,
    proves: /^requests: refused=2$/m,
  },
}
