export const fault = {
  name: 'vrrp-rule-other-interface',
  root: 'vrrp-rule-too-narrow',
  modes: ['dr'],
  note: 'VRRP is accepted on eth1 only, adverts arrive on eth0',
  inject: `for d in $DIRECTORS; do fence $d '-p tcp --dport 80' '-i eth1 -p vrrp'; done`,
  symptom: { sh: `holders`, proves: /^holders: ds1 ds2$/m },
}
