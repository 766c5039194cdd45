#!/bin/bash
# PID 1 of the guest kernel. The machine's files are its root, read-only; all that is written goes to memory, or into the
# one results folder. Comes with LAB_GUEST, LAB_TOOL, LAB_RESULTS (folders of the machine) and LAB_WANTED in the environment.
# /tmp/lab/bin: the chosen kind of iptables.
export PATH=/tmp/lab/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C HOME=/root

mount -t proc proc /proc
mount -t sysfs sys /sys
mountpoint -q /dev || mount -t devtmpfs dev /dev
for folder in /run /tmp /var /root; do mount -t tmpfs tmpfs "$folder"; done
mkdir -p /tmp/lab/guest /tmp/lab/tool /tmp/lab/results /tmp/lab/machine-id /var/log /var/lib /var/tmp /var/run
mount -t hostfs none /tmp/lab/guest -o "ro,$LAB_GUEST"
mount -t hostfs none /tmp/lab/tool -o "ro,$LAB_TOOL"
mount -t hostfs none /tmp/lab/results -o "$LAB_RESULTS"
# Every host has a /run of its own, and so a socket of its own behind this name.
ln -sf /run/log.sock /dev/log

# The last guard against harm to the machine: a root that can be written to ends the run before it begins.
if touch /lab-must-not-write 2>/dev/null; then
  echo 'the root is writable: refusing to run' >/tmp/lab/results/error.txt
  busybox halt -f
fi

# shellcheck source=test/lab/guest/modules.sh
. /tmp/lab/guest/modules.sh
# shellcheck source=test/lab/guest/main.sh
. /tmp/lab/guest/main.sh >/tmp/lab/results/console.txt 2>&1
sync
busybox halt -f
