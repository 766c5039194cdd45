export const healthy = {
  name: 'keepalived-unused-on-servers',
  modes: ['dr'],
  note: 'the real servers have the keepalived package, enabled as Debian does, without a configuration',
  inject: `each "$SERVERS" 'umount /lib/systemd/system; mkdir -p /etc/systemd/system/multi-user.target.wants
  ln -s /lib/systemd/system/keepalived.service /etc/systemd/system/multi-user.target.wants/'
for s in $SERVERS; do fence $s '-p tcp --dport 80'; done`,
}
