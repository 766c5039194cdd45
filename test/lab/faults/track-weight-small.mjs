export const fault = {
  name: 'track-weight-small',
  root: 'track-weight-too-small',
  modes: ['dr', 'nat'],
  note: 'the failing check lowers ds1 by 5 only: 95 stays above 90',
  inject: `edit ds1 '1i vrrp_script chk {\\n    script /bin/false\\n    interval 1\\n    weight -5\\n    user root\\n}\\n'
edit ds1 's/^( *)priority 100/\\1priority 100\\n\\1track_script {\\n\\1    chk\\n\\1}/'`,
  symptom: {
    sh: `holders
on ds1 grep -hm2 "priority" /var/log/messages`,
    proves: /^holders: ds1$[\s\S]*from 100 to 95/m,
  },
}
