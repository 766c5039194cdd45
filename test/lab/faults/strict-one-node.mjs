export const fault = {
  name: 'strict-one-node',
  root: 'vrrp-strict-one-node',
  modes: ['dr'],
  note: 'vrrp_strict on ds2 alone takes its authentication away',
  needs: ['nft'],
  inject: `edit ds2 's/^( *)router_id/\\1vrrp_strict\\n\\1router_id/'`,
  symptom: {
    sh: `holders
on ds1 grep -hm2 ' auth' /var/log/messages`,
    proves: /^holders: ds1 ds2$/m,
  },
}
