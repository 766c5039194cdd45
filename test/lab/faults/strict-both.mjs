export const fault = {
  name: 'strict-both',
  root: 'vrrp-strict-drops-vip',
  modes: ['dr'],
  note: 'vrrp_strict on both: keepalived drops what is sent to the VIP',
  needs: ['nft'],
  inject: `each_edit "$DIRECTORS" 's/^( *)router_id/\\1vrrp_strict\\n\\1router_id/'`,
  symptom: {
    sh: `holders
requests 3
on ds1 nft list ruleset`,
    proves: /^requests: timeout=3$/m,
  },
}
