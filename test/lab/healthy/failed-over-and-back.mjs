export const healthy = {
  name: 'failed-over-and-back',
  modes: ['dr', 'nat'],
  note: 'ds1 was stopped and started: the log tells of it, nothing is wrong now',
  after: `fail_over >/dev/null
on ds1 keepalived -D`,
  settle: 8,
}
