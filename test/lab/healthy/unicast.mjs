export const healthy = {
  name: 'unicast',
  modes: ['dr', 'nat'],
  note: 'adverts by unicast',
  inject: `edit ds1 's/^( *)priority 100/\\1priority 100\\n\\1unicast_src_ip 192.168.10.11\\n\\1unicast_peer {\\n\\1    192.168.10.12\\n\\1}/'
edit ds2 's/^( *)priority 90/\\1priority 90\\n\\1unicast_src_ip 192.168.10.12\\n\\1unicast_peer {\\n\\1    192.168.10.11\\n\\1}/'`,
}
