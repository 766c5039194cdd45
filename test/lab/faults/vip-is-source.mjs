export const fault = {
  name: 'vip-is-source',
  root: 'vip-is-primary',
  modes: ['dr'],
  note: "the VIP is the directors' only address in the servers' network: checks leave as the VIP",
  inject: `for d in 11 12; do run ds\${d#1} "ip addr flush dev eth0; ip addr add 10.9.0.$d/24 dev eth0"; done
each_edit "$DIRECTORS" 's/^( *)192.168.10.100$/\\1192.168.10.100\\/24/'`,
  settle: 12,
  symptom: {
    sh: `holders
on ds1 ip route get 192.168.10.21
on ds1 ipvsadm -Ln`,
    proves: /src 192.168.10.100/m,
  },
}
