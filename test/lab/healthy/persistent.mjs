export const healthy = {
  name: 'persistent',
  modes: ['dr', 'nat'],
  note: 'persistence_timeout 50: one client always gets the same server',
  inject: `each_edit "$DIRECTORS" 's/^( *)protocol TCP/\\1protocol TCP\\n\\1persistence_timeout 50/'`,
}
