export const fault = {
  name: 'vrrp-as-tcp-112',
  root: 'vrrp-allowed-as-tcp-112',
  modes: ['dr'],
  note: 'TCP port 112 is open instead of protocol 112',
  inject: `for d in $DIRECTORS; do fence $d '-p tcp --dport 80' '-p tcp --dport 112'; done`,
  symptom: { sh: `holders`, proves: /^holders: ds1 ds2$/m },
}
