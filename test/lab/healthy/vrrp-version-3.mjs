export const healthy = {
  name: 'vrrp-version-3',
  modes: ['dr'],
  note: 'VRRP version 3, without authentication',
  inject: `each_edit "$DIRECTORS" '/authentication/,/}/d; s/^( *)priority ([0-9]+)/\\1priority \\2\\n\\1version 3/'`,
}
