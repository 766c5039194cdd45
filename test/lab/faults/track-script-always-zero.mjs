export const fault = {
  name: 'track-script-always-zero',
  root: 'track-script-never-fails',
  modes: ['dr'],
  note: 'the check script ends in exit 0 whatever it finds',
  inject: `edit ds1 '1i vrrp_script chk {\\n    script /etc/keepalived/check.sh\\n    interval 1\\n    weight -20\\n    user root\\n}\\n'
edit ds1 's/^( *)priority 100/\\1priority 100\\n\\1track_script {\\n\\1    chk\\n\\1}/'
run ds1 'printf "#!/bin/sh\\ncurl -s -m 1 http://127.0.0.1:9/ >/dev/null\\nexit 0\\n" >/etc/keepalived/check.sh; chmod 755 /etc/keepalived/check.sh'`,
  symptom: {
    sh: `holders
run ds1 'sh /etc/keepalived/check.sh; echo "the service is down, the script says $?"'`,
    proves: /the script says 0/m,
  },
}
