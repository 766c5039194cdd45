# Evidence from every host, as an operator would send it: the collector's transcript, then a pasted session during traffic.

# typed HOST COMMAND...: each command with its prompt and its output.
typed() {
  local host=$1 line
  shift
  for line in "$@"; do
    printf '[root@%s ~]# %s\n' "$host" "$line"
    run "$host" "cd /root; $line" 2>&1
    echo
  done
}

# Live: the doctor itself on the host. Its transcript is the collected one, its verdict is kept beside.
live() {
  run "$1" "$LAB_NODE /tmp/lab/tool/bin/run.js check --json --quiet --save /tmp/lab/results/live" \
    >"$RESULTS/live/$1.json" 2>"$RESULTS/live/$1.err"
  echo "exit $?" >>"$RESULTS/live/$1.err"
  cp "$RESULTS/live/$1.txt" "$RESULTS/hosts/$1.txt"
}

# Others, where nobody would install a tool: the collector script alone.
by_script() { on "$1" sh /tmp/lab/tool/collect.sh >"$RESULTS/hosts/$1.txt" 2>/dev/null; }

watch_packets() {
  local host=$1 line="tcpdump -nn -i any -c 150 '$CAPTURE'"
  {
    printf '[root@%s ~]# %s\n' "$host" "$line"
    # -Z: as a host's root would without a tcpdump user. INT lets it print its statistics.
    run "$host" "timeout -s INT $CAPTURE_SECONDS tcpdump -Z root --immediate-mode -nn -i any -c 150 '$CAPTURE'" 2>&1
    echo
  } >"/tmp/lab/session.$host"
}

collect_all() {
  local host pids=''
  mkdir -p "$RESULTS/hosts" "$RESULTS/live"
  for host in $DIRECTORS $SERVERS; do [ -e "$RESULTS/live/$host.json" ] || live "$host"; done
  for host in $OTHERS; do by_script "$host"; done
  story 'collected: every host at rest'
  for host in $HOSTS; do
    watch_packets "$host" &
    pids="$pids $!"
  done
  sleep 0.5
  typed client "curl -sS -m 2 http://$VIP/" "curl -sS -m 2 http://$VIP/" "curl -sS -m 2 http://$VIP/" \
    "curl -sS -m 2 http://$VIP/" >/tmp/lab/asked
  # shellcheck disable=SC2086
  wait $pids
  story 'collected: packets'
  for host in $HOSTS; do
    case " $DIRECTORS " in *" $host "*) typed "$host" 'ipvsadm -Ln' 'ipvsadm -Lnc' 'ipvsadm -Ln --stats' >>"/tmp/lab/session.$host" ;; esac
    typed "$host" 'ip neigh' >>"/tmp/lab/session.$host"
  done
  cat /tmp/lab/asked >>/tmp/lab/session.client
  for host in $HOSTS; do cat "/tmp/lab/session.$host" >>"$RESULTS/hosts/$host.txt"; done
}
