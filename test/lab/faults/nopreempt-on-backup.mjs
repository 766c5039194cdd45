export const fault = {
  name: 'nopreempt-on-backup',
  root: 'nopreempt-blocks-weight-failover',
  modes: ['dr'],
  note: "ds1's check fails and lowers it to 80, but ds2 with 90 must not preempt",
  inject: `each "$DIRECTORS" 'sed -i "1i vrrp_script chk {\\n    script /bin/false\\n    interval 1\\n    weight -20\\n    user root\\n}\\n" /etc/keepalived/keepalived.conf'
edit ds1 's/^( *)priority 100/\\1priority 100\\n\\1track_script {\\n\\1    chk\\n\\1}/; s/state MASTER/state BACKUP/'
edit ds2 's/^( *)priority 90/\\1priority 90\\n\\1nopreempt/'`,
  start: `web rs1
web rs2
director ds1
sleep 5
director ds2`,
  symptom: {
    sh: `holders
on ds1 grep -hm2 "priority" /var/log/messages`,
    proves: /^holders: ds1$[\s\S]*from 100 to 80/m,
  },
}
