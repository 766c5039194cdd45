export const fault = {
  name: 'rs-no-default-route',
  root: 'rs-no-route-back',
  modes: ['dr', 'tun'],
  note: 'rs1 has no route to the client',
  inject: `run rs1 'ip route del default; ip route add 192.168.10.0/24 via 192.168.20.1 2>/dev/null'`,
  settle: 8,
  symptom: { sh: `requests 4`, proves: /^requests: rs2=2 timeout=2$/m },
}
