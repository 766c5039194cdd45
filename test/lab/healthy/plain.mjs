export const healthy = {
  name: 'plain',
  modes: ['dr', 'tun', 'nat', 'vlan', 'two', 'dr2'],
  note: 'nothing is changed',
}
