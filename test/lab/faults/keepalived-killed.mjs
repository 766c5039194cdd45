export const fault = {
  name: 'keepalived-killed',
  root: 'stale-vip-no-daemon',
  modes: ['dr', 'nat'],
  note: 'keepalived of ds1 was killed with -9: its VIP stays',
  after: `run ds1 'parent=$(cat /run/keepalived.pid); kill -STOP $parent; pkill -9 -P $parent; kill -9 $parent'`,
  symptom: { sh: `holders`, proves: /^holders: ds1 ds2$/m },
}
