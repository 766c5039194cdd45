export const fault = {
  name: 'vrrp-drop-other-nft-table',
  root: 'second-firewall-drops',
  modes: ['dr'],
  note: 'iptables lets VRRP in, an nft table beside it does not',
  needs: ['nft'],
  inject: `for d in $DIRECTORS; do fence $d '-p vrrp' '-p tcp --dport 80'; done
run ds2 'nft add table inet guard; nft add chain inet guard input "{ type filter hook input priority 10; }"; nft add rule inet guard input ip protocol 112 drop'`,
  symptom: { sh: `holders`, proves: /^holders: ds1 ds2$/m },
}
