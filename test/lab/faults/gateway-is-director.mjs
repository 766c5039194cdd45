export const fault = {
  name: 'gateway-is-director',
  root: ['accept-local-missing', 'dr-gateway-is-director'],
  modes: ['dr'],
  note: "rs1's default route is the director, which drops packets from its own VIP",
  inject: `run rs1 'ip route replace default via 192.168.10.11'
run ds1 'sysctl -q -w net.ipv4.ip_forward=1'`,
  symptom: { sh: `requests 4`, proves: /^requests: rs2=2 timeout=2$/m },
}
