export const fault = {
  name: 'track-script-no-exec',
  root: 'track-script-broken',
  modes: ['dr'],
  note: 'the check script has no x bit',
  inject: `edit ds1 '1i vrrp_script chk {\\n    script /etc/keepalived/check.sh\\n    interval 1\\n    weight -20\\n    user root\\n}\\n'
edit ds1 's/^( *)priority 100/\\1priority 100\\n\\1track_script {\\n\\1    chk\\n\\1}/'
run ds1 'printf "#!/bin/sh\\nexit 0\\n" >/etc/keepalived/check.sh; chmod 644 /etc/keepalived/check.sh'`,
  symptom: { sh: `on ds1 grep -hi "script" /var/log/messages`, proves: /not executable|Disabling/m },
  // What cannot be run ends in `exit 0` besides: that is said too, and is true.
  also: ['track-script-never-fails'],
}
