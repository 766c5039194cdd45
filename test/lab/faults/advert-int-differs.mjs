export const fault = {
  name: 'advert-int-differs',
  root: 'advert-int-mismatch',
  modes: ['dr', 'nat'],
  note: 'advert_int 1 and 2 with VRRP version 2',
  inject: `edit ds2 's/advert_int 1/advert_int 2/'`,
  settle: 12,
  symptom: {
    sh: `holders
on ds2 grep -hm2 interval /var/log/messages`,
    proves: /^holders: ds1 ds2$/m,
  },
}
