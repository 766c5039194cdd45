export const fault = {
  name: 'weights-zero',
  root: 'rs-weight-zero',
  modes: ['dr', 'nat'],
  note: 'every real server has weight 0',
  inject: `each_edit "$DIRECTORS" 's/weight 1/weight 0/'`,
  symptom: {
    sh: `on ds1 ipvsadm -Ln
requests 2`,
    proves: /^requests: refused=2$/m,
  },
}
