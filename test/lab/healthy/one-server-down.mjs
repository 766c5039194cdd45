export const healthy = {
  name: 'one-server-down',
  modes: ['dr', 'nat'],
  note: 'rs2 is down on purpose, the health check has removed it',
  start: `web rs1
director ds1
director ds2`,
  settle: 10,
}
