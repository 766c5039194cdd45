export const fault = {
  name: 'rs-lo-mask-24',
  root: 'rs-lo-vip-mask',
  modes: ['dr'],
  note: 'VIP/24 on lo: rs1 takes the whole LAN for itself',
  inject: `run rs1 'ip addr del 192.168.10.100/32 dev lo; ip addr add 192.168.10.100/24 dev lo'`,
  settle: 12,
  symptom: {
    sh: `requests 4
run rs1 'ip route get 192.168.10.1'`,
    proves: /local 192.168.10.1 dev lo/m,
  },
}
