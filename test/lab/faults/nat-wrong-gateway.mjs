export const fault = {
  name: 'nat-wrong-gateway',
  root: 'nat-rs-gateway',
  modes: ['nat'],
  note: "rs1's default route is not the director",
  inject: `stranger gw inner 52:54:00:00:00:99 10.10.0.254/24
run rs1 'ip route replace default via 10.10.0.254'`,
  symptom: {
    sh: `requests 4
on ds1 ipvsadm -Ln --stats`,
    proves: /^requests: rs2=2 timeout=2$/m,
  },
}
