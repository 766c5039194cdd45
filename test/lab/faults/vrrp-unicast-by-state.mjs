export const fault = {
  name: 'vrrp-unicast-by-state',
  root: 'vrrp-unicast-stateful',
  modes: ['dr'],
  note: 'unicast adverts pass only as answers: both are master for a moment at each start',
  inject: `edit ds1 's/^( *)priority 100/\\1priority 100\\n\\1unicast_src_ip 192.168.10.11\\n\\1unicast_peer {\\n\\1    192.168.10.12\\n\\1}/'
edit ds2 's/^( *)priority 90/\\1priority 90\\n\\1unicast_src_ip 192.168.10.12\\n\\1unicast_peer {\\n\\1    192.168.10.11\\n\\1}/'
for d in $DIRECTORS; do fence $d '-p tcp --dport 80'; done`,
  symptom: {
    sh: `holders
on ds2 grep -h "STATE" /var/log/messages`,
    proves: /Entering MASTER STATE/m,
  },
}
