export const fault = {
  name: 'same-priority',
  root: 'priority-tie',
  modes: ['dr'],
  note: 'both nodes have priority 100: after a restart ds1 does not take the VIP back',
  inject: `edit ds2 's/priority 90/priority 100/'`,
  after: `fail_over >/dev/null
on ds1 keepalived -D`,
  symptom: { sh: `holders`, proves: /^holders: ds2$/m },
}
