export const fault = {
  name: 'rs-no-default-route',
  root: 'rs-no-route-back',
  modes: ['dr', 'tun'],
  note: 'rs1 has no route to the client',
  inject: `run rs1 'ip route del default'`,
  settle: 8,
  symptom: { sh: `requests 4`, proves: /^requests: rs2=2 timeout=2$/m },
}
