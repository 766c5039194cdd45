# What is not built into the kernel is loaded from LAB_MODULES, the folder that holds lib/modules/VERSION.
if [ -n "$LAB_MODULES" ]; then
  mkdir -p /tmp/lab/modules/lib/modules
  ln -s "$LAB_MODULES/$(uname -r)" "/tmp/lab/modules/lib/modules/$(uname -r)"
  printf '#!/bin/sh\nexec /sbin/modprobe -d /tmp/lab/modules "$@"\n' >/tmp/lab/modprobe
  chmod 755 /tmp/lab/modprobe
  echo /tmp/lab/modprobe >/proc/sys/kernel/modprobe
  for module in veth bridge 8021q dummy bonding ipip ip_vs ip_vs_rr ip_vs_wrr ip_vs_wlc ip_vs_sh ip_tables iptable_filter \
    iptable_nat iptable_mangle iptable_raw arp_tables arptable_filter nf_conntrack xt_conntrack xt_state xt_mark xt_mac \
    xt_tcpudp xt_multiport xt_pkttype xt_comment ipt_REJECT xt_REDIRECT xt_MASQUERADE xt_nat xt_CT sch_netem; do
    /tmp/lab/modprobe -q "$module"
  done
fi
