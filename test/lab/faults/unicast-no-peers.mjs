export const fault = {
  name: 'unicast-no-peers',
  root: 'unicast-peer-empty',
  modes: ['dr'],
  note: 'unicast_peer is empty: adverts go out by multicast after all',
  inject: `edit ds1 's/^( *)priority 100/\\1priority 100\\n\\1unicast_src_ip 192.168.10.11\\n\\1unicast_peer {\\n\\1}/'
edit ds2 's/^( *)priority 90/\\1priority 90\\n\\1unicast_src_ip 192.168.10.12\\n\\1unicast_peer {\\n\\1}/'`,
  symptom: { sh: `on ds1 timeout 4 tcpdump -nn -i eth0 -c 2 vrrp`, proves: /192.168.10.1[12] > 224.0.0.18/m },
}
