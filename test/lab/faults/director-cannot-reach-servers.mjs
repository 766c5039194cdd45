export const fault = {
  name: 'director-cannot-reach-servers',
  root: 'director-no-route-rip',
  modes: ['tun'],
  note: 'the directors have no route to the servers',
  inject: `each "$DIRECTORS" 'ip route add unreachable 192.168.20.0/24'`,
  settle: 10,
  symptom: {
    sh: `on ds1 ip route get 192.168.20.21
on ds1 ipvsadm -Ln
requests 2`,
    proves: /unreachable|No route/m,
  },
}
