export const fault = {
  name: 'table-cleared',
  root: 'ipvs-table-empty',
  modes: ['dr', 'nat'],
  note: 'somebody ran ipvsadm -C on the master',
  after: `on ds1 ipvsadm -C`,
  symptom: {
    sh: `holders
on ds1 ipvsadm -Ln
requests 2`,
    proves: /^requests: refused=2$/m,
  },
}
