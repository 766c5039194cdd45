export const fault = {
  name: 'service-of-other-address',
  root: 'vs-address-not-vip',
  modes: ['dr'],
  note: 'virtual_server 192.168.10.101, VIP 192.168.10.100',
  inject: `each_edit "$DIRECTORS" 's/virtual_server 192.168.10.100/virtual_server 192.168.10.101/'`,
  symptom: {
    sh: `holders
requests 2
on ds1 ipvsadm -Ln`,
    proves: /^requests: refused=2$/m,
  },
}
