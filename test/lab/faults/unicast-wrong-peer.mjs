export const fault = {
  name: 'unicast-wrong-peer',
  root: 'unicast-peer-wrong',
  modes: ['dr'],
  note: 'ds1 sends its adverts to 192.168.10.13, which is nobody',
  inject: `edit ds1 's/^( *)priority 100/\\1priority 100\\n\\1unicast_src_ip 192.168.10.11\\n\\1unicast_peer {\\n\\1    192.168.10.13\\n\\1}/'
edit ds2 's/^( *)priority 90/\\1priority 90\\n\\1unicast_src_ip 192.168.10.12\\n\\1unicast_peer {\\n\\1    192.168.10.11\\n\\1}/'`,
  symptom: {
    sh: `holders
on ds1 grep -hm2 "lower priority" /var/log/messages`,
    proves: /^holders: ds1 ds2$/m,
  },
}
