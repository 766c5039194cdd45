export const healthy = {
  name: 'nft-ruleset',
  modes: ['dr'],
  note: 'a native nft rule set with policy drop that lets VRRP and the service in',
  needs: ['nft'],
  inject: `each "$DIRECTORS" 'nft -f - <<N
table inet filter {
  chain input {
    type filter hook input priority 0; policy drop;
    iif lo accept
    ct state established,related accept
    ip protocol icmp accept
    ip protocol vrrp accept
    tcp dport { 22, 80 } accept
  }
}
N'`,
}
