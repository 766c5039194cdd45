export const healthy = {
  name: 'state-new-accept',
  modes: ['dr'],
  note: 'directors accept port 80 in state NEW alone: IPVS leaves nothing confirmed, every packet is NEW',
  inject: `for d in $DIRECTORS; do fence $d '-p vrrp' '-p tcp -m state --state NEW --dport 80'; done`,
}
