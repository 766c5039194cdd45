export const fault = {
  name: 'mtu-of-tunnel',
  root: 'mtu-tun',
  modes: ['tun'],
  note: "full-size packets do not fit through the tunnel, and the router drops the director's ICMP",
  inject: `run router 'iptables -A FORWARD -p icmp --icmp-type fragmentation-needed -j DROP'`,
  symptom: {
    sh: `requests 2
run client "curl -sS -m 5 -H 'X-Pad: $(printf '%03000d' 0)' http://$VIP/ 2>&1"
run ds1 'nstat -asz IcmpOutDestUnreachs | tail -n 1'`,
    proves: /timed out/m,
  },
}
