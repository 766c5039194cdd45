export const fault = {
  name: 'vlan-trunk-lost',
  root: 'vrrp-lost-in-network',
  modes: ['vlan'],
  note: 'the switch port of ds2 does not carry VLAN 100',
  inject: `ip link set trunk type bridge vlan_filtering 1
for p in $(ls /sys/class/net/trunk/brif); do bridge vlan add dev $p vid 100; bridge vlan add dev $p vid 200; done
bridge vlan del dev ds2-eth0 vid 100`,
  symptom: {
    sh: `holders
holders $VIP_B`,
    proves: /^holders: ds1 ds2$[\s\S]*holders: ds1$/m,
  },
}
