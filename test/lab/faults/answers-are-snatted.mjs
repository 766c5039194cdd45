export const fault = {
  name: 'answers-are-snatted',
  root: 'tun-return-snat',
  modes: ['tun'],
  note: "the servers' gateway rewrites the source of their answers",
  inject: `run router 'iptables -t nat -A POSTROUTING -o eth0 -s 192.168.10.100 -p tcp -j SNAT --to-source 172.16.0.1'`,
  symptom: { sh: `requests 3`, proves: /^requests: (timeout|reset|refused)=3$/m },
}
