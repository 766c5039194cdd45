export const fault = {
  name: 'vrrp-drop-legacy-tables',
  root: 'second-firewall-drops',
  modes: ['dr'],
  note: 'legacy tables drop VRRP; iptables, which is nft here, does not show them',
  needs: ['nft'],
  inject: `for d in $DIRECTORS; do fence $d '-p vrrp' '-p tcp --dport 80'; done
run ds2 'iptables-legacy -A INPUT -p vrrp -j DROP'`,
  symptom: {
    sh: `holders
on ds2 iptables -S INPUT`,
    proves: /^holders: ds1 ds2$/m,
  },
}
