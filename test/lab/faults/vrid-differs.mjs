export const fault = {
  name: 'vrid-differs',
  root: 'vrid-mismatch',
  modes: ['dr', 'tun'],
  note: 'virtual_router_id 51 and 52',
  inject: `edit ds2 's/router_id 51/router_id 52/'`,
  symptom: { sh: `holders`, proves: /^holders: ds1 ds2$/m },
}
