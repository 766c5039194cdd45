export const fault = {
  name: 'priority-255-weight',
  root: 'priority-255-conflict',
  modes: ['dr'],
  note: 'an address owner (priority 255) with a weighted check: the failing check is ignored',
  inject: `edit ds1 '1i vrrp_script chk {\\n    script /bin/false\\n    interval 1\\n    weight -200\\n    user root\\n}\\n'
edit ds1 's/^( *)priority 100/\\1priority 255\\n\\1track_script {\\n\\1    chk\\n\\1}/'`,
  symptom: {
    sh: `holders
on ds1 grep -hE "weight|owner" /var/log/messages`,
    proves: /^holders: ds1$[\s\S]*address_owner/m,
  },
}
