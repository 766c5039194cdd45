#!/bin/bash
# host-init.sh NAME legacy|nft director|other
# First process of a host: its own places to write, its own name; then it stays and buries the dead.
name=$1
mount -t proc proc /proc
hostname "$name"
# A source of its own name: mount -a passes over what is mounted already.
{
  for folder in /run /var/log /etc/keepalived /etc/sysctl.d /etc/systemd/system; do
    [ ! -d "$folder" ] || echo "$name $folder tmpfs mode=755 0 0"
  done
  # keepalived is a unit that is there on directors alone.
  [ "$3" = director ] || [ ! -d /lib/systemd/system ] || echo "$name /lib/systemd/system tmpfs mode=755 0 0"
  # Two hosts with one machine-id would be one host.
  printf '%032x\n' "0x$(printf '%s' "$name" | od -An -tx1 | tr -d ' ' | tail -c 14)" >"/tmp/lab/machine-id.$name"
  [ ! -e /etc/machine-id ] || echo "/tmp/lab/machine-id.$name /etc/machine-id none bind 0 0"
  : >"/tmp/lab/sysctl.$name"
  [ ! -e /etc/sysctl.conf ] || echo "/tmp/lab/sysctl.$name /etc/sysctl.conf none bind 0 0"
} >"/tmp/lab/fstab.$name"
mount -a -T "/tmp/lab/fstab.$name"
mkdir -p /run/www /run/bin /etc/systemd/system/multi-user.target.wants
# The kind of packet filter that this machine's administrator has chosen.
for tool in iptables iptables-save iptables-restore arptables; do
  ln -s "/usr/sbin/${tool%%-*}-$2${tool#"${tool%%-*}"}" "/run/bin/$tool"
done
[ "$3" != director ] || ln -s /lib/systemd/system/keepalived.service /etc/systemd/system/multi-user.target.wants/
ip link set lo up
echo "$name" >/run/www/index.html
: >"/tmp/lab/ready.$name"
# bash reaps whatever it inherits while it waits.
while :; do sleep 1000; done
