export const healthy = {
  name: 'track-script',
  modes: ['dr'],
  note: 'a check script that works, with a weight that is large enough',
  inject: `each_edit "$DIRECTORS" '1i vrrp_script chk {\\n    script /etc/keepalived/check.sh\\n    interval 2\\n    timeout 1\\n    weight -20\\n    user root\\n}\\n'
each_edit "$DIRECTORS" 's/^( *)priority ([0-9]+)/\\1priority \\2\\n\\1track_script {\\n\\1    chk\\n\\1}/'
each "$DIRECTORS" 'printf "#!/bin/sh\\npgrep -x rsyslogd >/dev/null\\n" >/etc/keepalived/check.sh; chmod 755 /etc/keepalived/check.sh'`,
}
