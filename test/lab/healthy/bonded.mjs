export const healthy = {
  name: 'bonded',
  modes: ['dr'],
  note: "the directors' LAN interface is bond0, and keepalived knows it",
  inject: `for d in $DIRECTORS; do
  run $d '
    address=$(ip -o -4 addr show eth0 | grep -o "192[0-9./]*" | head -1)
    ip link add bond0 type bond mode active-backup
    ip link set eth0 down; ip addr flush dev eth0
    ip link set eth0 master bond0
    ip link set bond0 up
    ip addr add $address brd + dev bond0
    ip route add default via 192.168.10.1'
done
each_edit "$DIRECTORS" 's/interface eth0/interface bond0/'`,
}
