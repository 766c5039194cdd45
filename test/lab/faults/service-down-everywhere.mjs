export const fault = {
  name: 'service-down-everywhere',
  root: 'rs-service-not-listening',
  modes: ['dr', 'nat'],
  note: 'no real server listens on port 80',
  start: `director ds1
director ds2`,
  settle: 12,
  symptom: {
    sh: `requests 2
on ds1 ipvsadm -Ln`,
    proves: /^requests: refused=2$/m,
  },
}
