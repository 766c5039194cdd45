export const fault = {
  name: 'vrrp-reject-on-backup',
  root: 'vrrp-blocked-input',
  modes: ['dr', 'tun'],
  note: 'ds2 rejects what it does not know, and does not know VRRP',
  inject: `fence ds1 '-p vrrp' '-p tcp --dport 80'
fence ds2 '-p tcp --dport 80'`,
  symptom: {
    sh: `holders
on ds2 iptables -nvL INPUT`,
    proves: /^holders: ds1 ds2$/m,
  },
}
