export const fault = {
  name: 'keepalived-killed',
  root: 'stale-vip-no-daemon',
  modes: ['dr', 'nat'],
  note: 'keepalived of ds1 was killed with -9: its VIP stays',
  after: `run ds1 'pkill -9 keepalived'`,
  symptom: { sh: `holders`, proves: /^holders: ds1 ds2$/m },
}
