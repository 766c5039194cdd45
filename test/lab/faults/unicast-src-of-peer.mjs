export const fault = {
  name: 'unicast-src-of-peer',
  root: 'unicast-src-not-local',
  modes: ['dr'],
  note: "ds1's file is a copy of ds2's: its unicast_src_ip is not on the machine",
  inject: `edit ds1 's/^( *)priority 100/\\1priority 100\\n\\1unicast_src_ip 192.168.10.12\\n\\1unicast_peer {\\n\\1    192.168.10.11\\n\\1}/'
edit ds2 's/^( *)priority 90/\\1priority 90\\n\\1unicast_src_ip 192.168.10.12\\n\\1unicast_peer {\\n\\1    192.168.10.11\\n\\1}/'`,
  symptom: {
    sh: `holders
on ds1 grep -hiE "FAULT|bind" /var/log/messages`,
    proves: /FAULT/m,
  },
}
