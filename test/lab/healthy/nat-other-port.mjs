export const healthy = {
  name: 'nat-other-port',
  modes: ['nat'],
  note: 'the service is 80, the servers listen on 8080: NAT translates',
  inject: `each_edit "$DIRECTORS" 's/^( *real_server [0-9.]*) 80/\\1 8080/; s/connect_port 80$/connect_port 8080/'`,
  start: `web rs1 8080
web rs2 8080
director ds1
director ds2`,
}
