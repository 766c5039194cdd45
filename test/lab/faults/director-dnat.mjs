export const fault = {
  name: 'director-dnat',
  root: 'director-dnat-before-ipvs',
  modes: ['dr', 'nat'],
  note: 'a DNAT rule left behind takes the requests before IPVS',
  inject: `each "$DIRECTORS" 'iptables -t nat -A PREROUTING -d 192.168.10.100 -p tcp --dport 80 -j DNAT --to-destination 192.168.10.99:80'`,
  symptom: {
    sh: `requests 3
on ds1 ipvsadm -Ln --stats`,
    proves: /^requests: (?!.*rs\d)/m,
  },
}
