#!/bin/bash
# host-init.sh NAME director|other
# First process of a host: its own places to write, its own name; then it stays and buries the dead. Programs are slow to
# start in this kernel, so bash does by itself what it can.
name=$1
mount -t proc proc /proc
echo "$name" >/proc/sys/kernel/hostname
# A source of its own name: mount -a passes over what is mounted already.
{
  for folder in /run /var/log /etc/keepalived /etc/sysctl.d /etc/systemd/system; do
    [ ! -d "$folder" ] || echo "$name $folder tmpfs mode=755 0 0"
  done
  # keepalived is a service that is there on directors alone.
  for folder in /lib/systemd/system /etc/init.d; do
    [ "$2" = director ] || [ ! -d "$folder" ] || echo "$name $folder tmpfs mode=755 0 0"
  done
  # Two hosts with one machine-id would be one host.
  id=''
  for ((i = 0; i < ${#name}; i++)); do printf -v id '%s%x' "$id" "'${name:i:1}"; done
  printf '%032d\n' 0 | { read -r zeros && echo "${zeros:${#id}}$id"; } >"/tmp/lab/machine-id.$name"
  [ ! -e /etc/machine-id ] || echo "/tmp/lab/machine-id.$name /etc/machine-id none bind 0 0"
  : >"/tmp/lab/sysctl.$name"
  [ ! -e /etc/sysctl.conf ] || echo "/tmp/lab/sysctl.$name /etc/sysctl.conf none bind 0 0"
} >"/tmp/lab/fstab.$name"
mount -a -T "/tmp/lab/fstab.$name"
mkdir -p /run/www /etc/systemd/system/multi-user.target.wants
[ "$2" != director ] || ln -s /lib/systemd/system/keepalived.service /etc/systemd/system/multi-user.target.wants/
ip link set lo up
echo "$name" >/run/www/index.html
: >"/tmp/lab/ready.$name"
# bash reaps whatever it inherits while it waits.
while :; do sleep 1000; done
