export const fault = {
  name: 'rs-input-rip-only',
  root: 'rs-input-blocks-vport',
  modes: ['dr', 'tun'],
  note: 'rs1 accepts port 80 for its own address alone, requests come for the VIP',
  inject: `run rs1 '
  iptables -A INPUT -i lo -j ACCEPT
  iptables -A INPUT -p icmp -j ACCEPT
  iptables -A INPUT -p ipencap -j ACCEPT
  iptables -A INPUT -d 192.168.0.0/16 ! -d 192.168.10.100 -p tcp --dport 80 -j ACCEPT 2>/dev/null
  rip=$(ip -o -4 addr show eth0 | grep -o "192[0-9.]*" | head -1)
  iptables -A INPUT -d $rip -p tcp --dport 80 -j ACCEPT
  iptables -A INPUT -j REJECT --reject-with icmp-host-prohibited'`,
  symptom: { sh: `requests 6`, proves: /^requests: no-route=3 rs2=3$/m },
}
