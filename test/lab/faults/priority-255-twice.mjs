export const fault = {
  name: 'priority-255-twice',
  root: 'priority-255-conflict',
  modes: ['dr'],
  note: 'both nodes claim to own the address (priority 255)',
  inject: `edit ds1 's/priority 100/priority 255/'
edit ds2 's/priority 90/priority 255/'`,
  symptom: {
    sh: `holders
each "$DIRECTORS" 'grep -h "vrrp" /var/log/messages | head -n 40'`,
    proves: /owner/m,
  },
}
