export const healthy = {
  name: 'nopreempt',
  modes: ['dr'],
  note: 'both start as BACKUP, nopreempt on the higher one',
  inject: `edit ds1 's/state MASTER/state BACKUP/; s/^( *)priority 100/\\1priority 100\\n\\1nopreempt/'`,
}
