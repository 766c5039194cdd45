export const fault = {
  name: 'switch-isolates-directors',
  root: 'vrrp-lost-in-network',
  modes: ['dr'],
  note: "the switch lets nothing pass between the directors' ports",
  inject: `ip link set ds1-eth0 type bridge_slave isolated on
ip link set ds2-eth0 type bridge_slave isolated on`,
  symptom: {
    sh: `holders
run ds2 'timeout 5 tcpdump -nn -i eth0 -c 4 vrrp' 2>&1 | grep -c '192.168.10.11 >'`,
    proves: /^holders: ds1 ds2$/m,
  },
}
