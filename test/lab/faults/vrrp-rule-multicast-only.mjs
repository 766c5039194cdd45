export const fault = {
  name: 'vrrp-rule-multicast-only',
  root: 'vrrp-rule-too-narrow',
  modes: ['dr'],
  note: 'unicast adverts, but only 224.0.0.18 is accepted',
  inject: `edit ds1 's/^( *)priority 100/\\1priority 100\\n\\1unicast_src_ip 192.168.10.11\\n\\1unicast_peer {\\n\\1    192.168.10.12\\n\\1}/'
edit ds2 's/^( *)priority 90/\\1priority 90\\n\\1unicast_src_ip 192.168.10.12\\n\\1unicast_peer {\\n\\1    192.168.10.11\\n\\1}/'
for d in $DIRECTORS; do run $d 'iptables -A INPUT -p vrrp -d 224.0.0.18 -j ACCEPT; iptables -A INPUT -p tcp -j ACCEPT; iptables -A INPUT -p icmp -j ACCEPT; iptables -A INPUT -j DROP'; done`,
  symptom: { sh: `holders`, proves: /^holders: ds1 ds2$/m },
}
