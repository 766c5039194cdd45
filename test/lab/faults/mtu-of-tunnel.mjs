export const fault = {
  name: 'mtu-of-tunnel',
  root: 'mtu-tun',
  modes: ['tun'],
  note: "full-size packets do not fit through the tunnel, and the router drops the director's ICMP",
  inject: `run router 'iptables -A FORWARD -p icmp --icmp-type fragmentation-needed -j DROP'`,
  symptom: {
    sh: `requests 2
on client sh -c "head -c 6000 /dev/zero | curl -sS -m 6 -T - http://$VIP/ 2>&1 | tail -1"
on ds1 timeout 4 tcpdump -nn -i eth0 -c 1 'icmp' & on client sh -c "head -c 6000 /dev/zero | curl -sS -m 5 -T - http://$VIP/ 2>&1 | tail -1"; wait %%`,
    proves: /timed out/m,
  },
}
