export const fault = {
  name: 'nat-gateway-is-one-node',
  root: 'nat-rs-gateway',
  modes: ['nat'],
  note: "the servers' gateway is ds1 itself, not the floating address: lost after a failover",
  inject: `each 'rs1 rs2' 'ip route replace default via 10.10.0.11'`,
  after: `fail_over
run ds1 'ip link set eth1 down'`,
  symptom: {
    sh: `holders
requests 2`,
    proves: /^holders: ds2$[\s\S]*requests: timeout=2/m,
  },
  also: ['keepalived-not-running'],
}
