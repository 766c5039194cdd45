export const fault = {
  name: 'interface-enslaved',
  root: 'vrrp-interface-enslaved',
  modes: ['dr'],
  note: 'eth0 is a slave of bond0, and keepalived still uses eth0',
  inject: `for d in $DIRECTORS; do
  run $d '
    address=$(ip -o -4 addr show eth0 | grep -o "192[0-9./]*" | head -1)
    ip link add bond0 type bond mode active-backup
    ip link set eth0 down; ip addr flush dev eth0
    ip link set eth0 master bond0
    ip link set bond0 up
    ip addr add $address brd + dev bond0
    ip route add default via 192.168.10.1'
done`,
  symptom: {
    sh: `holders
each "$DIRECTORS" 'grep -hE "STATE|FAULT" /var/log/messages'`,
    proves: /^holders: (none|ds1 ds2)$/m,
  },
}
