export const fault = {
  name: 'port-differs',
  root: 'port-mismatch-dr-tun',
  modes: ['dr'],
  note: 'the service is 80, the servers listen on 8080: DR does not translate ports',
  inject: `each_edit "$DIRECTORS" 's/^( *real_server [0-9.]*) 80/\\1 8080/; s/connect_port 80$/connect_port 8080/'`,
  start: `web rs1 8080
web rs2 8080
director ds1
director ds2`,
  symptom: {
    sh: `requests 3
on ds1 grep -h "ports don't match" /var/log/messages`,
    proves: /^requests: refused=3$/m,
  },
}
