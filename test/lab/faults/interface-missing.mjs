export const fault = {
  name: 'interface-missing',
  root: 'vrrp-interface-missing',
  modes: ['dr', 'tun'],
  note: 'both files name ens33, the machines have eth0',
  inject: `each_edit "$DIRECTORS" 's/interface eth0/interface ens33/'`,
  symptom: {
    sh: `holders
on ds1 grep -h ens33 /var/log/messages`,
    proves: /^holders: none$/m,
  },
}
