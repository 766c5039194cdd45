export const fault = {
  name: 'backup-blocks-vlan-vrrp',
  root: 'vrrp-rule-too-narrow',
  modes: ['vlan'],
  note: 'VRRP is accepted on eth0, adverts arrive on eth0.100 and eth0.200',
  inject: `for d in $DIRECTORS; do fence $d '-p tcp --dport 80' '-i eth0 -p vrrp'; done`,
  symptom: {
    sh: `holders
holders $VIP_B`,
    proves: /^holders: ds1 ds2$/m,
  },
}
