export const fault = {
  name: 'director-rejects-vip',
  root: 'director-input-blocks-vip',
  modes: ['dr', 'tun', 'nat'],
  note: 'INPUT of the directors does not accept requests to the VIP',
  inject: `for d in $DIRECTORS; do fence $d '-p vrrp' '-p tcp --dport 22'; done`,
  symptom: {
    sh: `holders
requests 4`,
    proves: /^requests: no-route=4$/m,
  },
}
