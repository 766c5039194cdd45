export const fault = {
  name: 'vrrp-drop-on-master',
  root: 'vrrp-blocked-input',
  modes: ['dr'],
  note: 'ds1 hears no adverts: bites when the roles turn round',
  inject: `fence ds2 '-p vrrp' '-p tcp --dport 80'
fence ds1 '-p tcp --dport 80'`,
  after: `edit ds1 's/priority 100/priority 80/'
restart ds1
sleep 3`,
  symptom: { sh: `holders`, proves: /^holders: ds1 ds2$/m },
}
