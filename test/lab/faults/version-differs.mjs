export const fault = {
  name: 'version-differs',
  root: 'vrrp-version-mismatch',
  modes: ['dr'],
  note: 'ds2 speaks VRRP version 3',
  inject: `edit ds2 's/^( *)priority 90/\\1priority 90\\n\\1version 3/'`,
  symptom: {
    sh: `holders
on ds1 grep -hm2 version /var/log/messages`,
    proves: /^holders: ds1 ds2$/m,
  },
}
