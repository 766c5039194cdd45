export const fault = {
  name: 'vrrp-accept-behind-reject',
  root: 'vrrp-accept-after-reject',
  modes: ['dr'],
  note: 'the accept for VRRP was appended behind the REJECT',
  inject: `for d in $DIRECTORS; do fence $d '-p tcp --dport 80'; run $d 'iptables -A INPUT -p vrrp -j ACCEPT'; done`,
  symptom: {
    sh: `holders
on ds2 iptables -nvL INPUT`,
    proves: /^holders: ds1 ds2$/m,
  },
}
