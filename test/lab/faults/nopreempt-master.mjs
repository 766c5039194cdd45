export const fault = {
  name: 'nopreempt-master',
  root: 'nopreempt-state-master',
  modes: ['dr'],
  note: 'nopreempt on a node with state MASTER is cleared',
  inject: `edit ds1 's/^( *)priority 100/\\1priority 100\\n\\1nopreempt/'`,
  symptom: { sh: `on ds1 grep -h nopreempt /var/log/messages`, proves: /nopreempt will not work/m },
}
