# Evidence from every host, as an operator would send it: the collector's transcript, then a pasted session during traffic.

# Asked by hand where nobody would install a tool: the router, the client.
BY_HAND='hostname
date
ip addr
ip route show table all
ip rule
ip neigh
sysctl -a 2>/dev/null | grep -E "^net.ipv4.(ip_forward|conf.*(rp_filter|arp_ignore|arp_announce|forwarding|proxy_arp|accept_local)) "
iptables-save
ps ax
ss -lnt
nstat -az | grep -E "IPReversePathFilter|IcmpOutDestUnreachs|IcmpInDestUnreachs|IpForwDatagrams"'

# typed HOST COMMANDS: each line with its prompt and its output, all in one shell of the host.
typed() {
  printf '%s\n' "$2" >"/tmp/lab/typed.$1"
  run "$1" "cd /root
    while read -r line; do
      printf '[root@%s ~]# %s\n' '$1' \"\$line\"
      eval \"\$line\" </dev/null 2>&1
      echo
    done </tmp/lab/typed.$1"
}

# Live: the doctor itself on the host. Its transcript is the collected one, its verdict is kept beside.
live() {
  run "$1" "$LAB_NODE /tmp/lab/tool/bin/run.js check --json --quiet --save /tmp/lab/results/live" \
    >"$RESULTS/live/$1.json" 2>"$RESULTS/live/$1.err"
  echo "exit $?" >>"$RESULTS/live/$1.err"
  cp "$RESULTS/live/$1.txt" "$RESULTS/hosts/$1.txt"
}

# The collector script alone, as it is sent to a host without Node.
by_script() { on "$1" sh /tmp/lab/tool/collect.sh >"$RESULTS/hosts/$1.txt" 2>/dev/null; }

watch_packets() {
  local host=$1 line="tcpdump -nn -i any -c 150 '$CAPTURE'"
  {
    printf '[root@%s ~]# %s\n' "$host" "$line"
    # -Z: as a host's root would without a tcpdump user. INT lets it print its statistics.
    on "$host" timeout -s INT "$CAPTURE_SECONDS" tcpdump -Z root --immediate-mode -nn -i any -c 150 "$CAPTURE" 2>&1
    echo
  } >"/tmp/lab/session.$host"
}

at_rest() {
  local host
  mkdir -p "$RESULTS/hosts" "$RESULTS/live"
  for host in $LIVE; do live "$host"; done
  for host in $SCRIPTED; do by_script "$host"; done
  for host in $OTHERS; do typed "$host" "$BY_HAND" >"$RESULTS/hosts/$host.txt"; done
}

collect_all() {
  local host pids='' asked
  at_rest
  story 'collected: every host at rest'
  for host in $HOSTS; do
    watch_packets "$host" &
    pids="$pids $!"
  done
  sleep 0.5
  asked=$(printf "curl -sS -m 2 http://$VIP/\n%.0s" 1 2 3 4)
  typed client "$asked" >/tmp/lab/asked
  # shellcheck disable=SC2086
  wait $pids
  story 'collected: packets'
  for host in $HOSTS; do
    case " $DIRECTORS " in
      *" $host "*) typed "$host" $'ipvsadm -Ln\nipvsadm -Lnc\nipvsadm -Ln --stats\nip neigh' ;;
      *) typed "$host" 'ip neigh' ;;
    esac >>"/tmp/lab/session.$host"
  done
  cat /tmp/lab/asked >>/tmp/lab/session.client
  for host in $HOSTS; do cat "/tmp/lab/session.$host" >>"$RESULTS/hosts/$host.txt"; done
}
