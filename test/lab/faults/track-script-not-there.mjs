export const fault = {
  name: 'track-script-not-there',
  root: 'track-script-broken',
  modes: ['dr'],
  note: 'the check script does not exist: keepalived takes the tracker away',
  inject: `edit ds1 '1i vrrp_script chk {\\n    script /etc/keepalived/check.sh\\n    interval 1\\n    weight -20\\n    user root\\n}\\n'
edit ds1 's/^( *)priority 100/\\1priority 100\\n\\1track_script {\\n\\1    chk\\n\\1}/'`,
  symptom: { sh: `on ds1 grep -hi "script" /var/log/messages`, proves: /Disabling track script|not found/m },
}
