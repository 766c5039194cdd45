export const healthy = {
  name: 'unequal-weights',
  modes: ['dr'],
  note: 'wrr with weights 3 and 1',
  inject: `each "$DIRECTORS" 'sed -i "s/lb_algo rr/lb_algo wrr/; /real_server 192.168.10.21/,/}/s/weight 1/weight 3/" /etc/keepalived/keepalived.conf'`,
}
