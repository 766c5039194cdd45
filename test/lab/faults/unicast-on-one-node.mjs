export const fault = {
  name: 'unicast-on-one-node',
  root: 'unicast-multicast-mix',
  modes: ['dr'],
  note: 'ds2 uses unicast, ds1 multicast',
  inject: `edit ds2 's/^( *)priority 90/\\1priority 90\\n\\1unicast_src_ip 192.168.10.12\\n\\1unicast_peer {\\n\\1    192.168.10.11\\n\\1}/'`,
  symptom: { sh: `holders`, proves: /^holders: ds1 ds2$/m },
}
