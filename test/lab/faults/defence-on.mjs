export const fault = {
  name: 'defence-on',
  root: 'drop-defence-on',
  modes: ['dr'],
  note: 'drop_packet=3: IPVS drops one packet in ten, always',
  inject: `each "$DIRECTORS" 'sysctl -q -w net.ipv4.vs.am_droprate=2 net.ipv4.vs.drop_packet=3'`,
  symptom: {
    sh: `requests 4
on ds1 sysctl net.ipv4.vs.drop_packet net.ipv4.vs.am_droprate
on client nstat -asz TcpRetransSegs`,
    proves: /TcpRetransSegs +[1-9]/m,
  },
}
