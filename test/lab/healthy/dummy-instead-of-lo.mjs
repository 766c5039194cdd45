export const healthy = {
  name: 'dummy-instead-of-lo',
  modes: ['dr'],
  note: 'the real servers have the VIP on dummy0',
  inject: `each "$SERVERS" 'ip addr del 192.168.10.100/32 dev lo; ip link add dummy0 type dummy; ip link set dummy0 up; ip addr add 192.168.10.100/32 dev dummy0'`,
}
