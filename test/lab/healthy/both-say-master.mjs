export const healthy = {
  name: 'both-say-master',
  modes: ['dr'],
  note: 'state MASTER and the same router_id on both: the priorities decide',
  inject: `edit ds2 's/state BACKUP/state MASTER/; s/LVS_ds2/LVS_ds1/'`,
}
