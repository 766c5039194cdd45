export const fault = {
  name: 'track-script-stops-daemon',
  root: 'track-script-stops-keepalived',
  modes: ['dr'],
  note: 'the check script kills keepalived: ds1 never comes back by itself',
  inject: `edit ds1 '1i vrrp_script chk {\\n    script /etc/keepalived/check.sh\\n    interval 3\\n    user root\\n}\\n'
edit ds1 's/^( *)priority 100/\\1priority 100\\n\\1track_script {\\n\\1    chk\\n\\1}/'
run ds1 'printf "#!/bin/sh\\nif [ -e /run/web-is-down ]; then\\n    killall keepalived\\nfi\\nexit 0\\n" >/etc/keepalived/check.sh; chmod 755 /etc/keepalived/check.sh'`,
  after: `run ds1 ': >/run/web-is-down; sleep 6; kill $(cat /run/keepalived.pid) 2>/dev/null; rm /run/web-is-down'`,
  symptom: {
    sh: `holders
run ds1 'pgrep keepalived || echo "no keepalived on ds1"'`,
    proves: /no keepalived on ds1/m,
  },
  // As in the guides it is copied from, the script ends in 0 as well.
  also: ['track-script-never-fails'],
}
