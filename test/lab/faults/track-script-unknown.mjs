export const fault = {
  name: 'track-script-unknown',
  root: 'track-script-undefined',
  modes: ['dr'],
  note: 'track_script names a script that no block defines',
  inject: `edit ds1 's/^( *)priority 100/\\1priority 100\\n\\1track_script {\\n\\1    chk_web\\n\\1}/'`,
  symptom: { sh: `on ds1 grep -h chk_web /var/log/messages`, proves: /chk_web not found/m },
}
