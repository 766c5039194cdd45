#!/bin/bash
# host-init.sh NAME legacy|nft director|other
# First process of a host: its own places to write, its own name; then it stays and buries the dead.
name=$1
mount -t proc proc /proc
hostname "$name"
for folder in /run /var/log /etc/keepalived /etc/sysctl.d /etc/systemd/system; do
  [ ! -d "$folder" ] || mount -t tmpfs -o mode=755 tmpfs "$folder"
done
mkdir -p /run/www /run/bin /run/sysctl.d
# Two hosts with one machine-id would be one host.
[ ! -e /etc/machine-id ] || {
  printf '%s' "$name" | md5sum | cut -c1-32 >/run/machine-id
  mount --bind /run/machine-id /etc/machine-id
}
: >/run/sysctl.conf
[ ! -e /etc/sysctl.conf ] || mount --bind /run/sysctl.conf /etc/sysctl.conf
# keepalived is a unit that starts at boot on directors, and is not there on others.
if [ "$3" = director ]; then
  mkdir -p /etc/systemd/system/multi-user.target.wants
  ln -s /lib/systemd/system/keepalived.service /etc/systemd/system/multi-user.target.wants/keepalived.service
elif [ -d /lib/systemd/system ]; then
  mount -t tmpfs tmpfs /lib/systemd/system
fi
# The kind of packet filter that this machine's administrator has chosen: legacy or nft.
for tool in iptables iptables-save iptables-restore arptables; do
  program=$(command -v "${tool%%-*}-$2${tool#"${tool%%-*}"}") && ln -s "$program" "/run/bin/$tool"
done
ip link set lo up
echo "$name" >/run/www/index.html
: >"/tmp/lab/ready.$name"
# bash reaps whatever it inherits while it waits.
while :; do sleep 1000; done
