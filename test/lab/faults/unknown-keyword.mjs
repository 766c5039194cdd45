export const fault = {
  name: 'unknown-keyword',
  root: 'keepalived-unknown-keyword',
  modes: ['dr', 'nat'],
  note: '`virtual _ipaddress` in both files: the block is skipped',
  inject: `each_edit "$DIRECTORS" 's/virtual_ipaddress/virtual _ipaddress/'`,
  symptom: {
    sh: `holders
requests 2
on ds1 grep -h 'Unknown keyword' /var/log/messages`,
    proves: /^holders: none$/m,
  },
}
