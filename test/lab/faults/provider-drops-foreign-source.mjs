export const fault = {
  name: 'provider-drops-foreign-source',
  root: 'upstream-antispoof',
  modes: ['tun'],
  note: "the servers' provider lets only its own addresses out",
  inject: `run router 'sysctl -q -w net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.eth2.rp_filter=1'`,
  symptom: { sh: `requests 3`, proves: /^requests: timeout=3$/m },
}
