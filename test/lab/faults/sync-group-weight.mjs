export const fault = {
  name: 'sync-group-weight',
  root: 'sync-group-weight',
  modes: ['dr'],
  note: 'a weighted tracker inside a sync group is ignored',
  inject: `edit ds1 '1i vrrp_script chk {\\n    script /bin/false\\n    interval 1\\n    weight -20\\n    user root\\n}\\nvrrp_sync_group G {\\n    group {\\n        VI_1\\n    }\\n}\\n'
edit ds1 's/^( *)priority 100/\\1priority 100\\n\\1track_script {\\n\\1    chk\\n\\1}/'`,
  symptom: {
    sh: `holders
on ds1 grep -hiE "sync|priority" /var/log/messages`,
    proves: /^holders: ds1$/m,
  },
}
