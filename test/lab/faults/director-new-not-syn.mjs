export const fault = {
  name: 'director-new-not-syn',
  root: 'director-drops-new-not-syn',
  modes: ['dr', 'tun'],
  note: '`! --syn --state NEW` is dropped: IPVS leaves nothing established',
  inject: `each "$DIRECTORS" 'iptables -A INPUT -p tcp ! --syn -m state --state NEW -j DROP'`,
  symptom: {
    sh: `requests 3
on ds1 iptables -nvL INPUT`,
    proves: /^requests: timeout=3$/m,
  },
}
