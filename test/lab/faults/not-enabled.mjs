export const fault = {
  name: 'not-enabled',
  root: 'keepalived-not-enabled',
  modes: ['dr'],
  note: 'keepalived is not started at boot on ds2',
  inject: `run ds2 'rm /etc/systemd/system/multi-user.target.wants/keepalived.service'`,
  symptom: { sh: `on ds2 systemctl is-enabled keepalived`, proves: /disabled/m },
}
