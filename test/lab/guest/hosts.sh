# Hosts are namespaces of their own: network, mounts, name, processes. Cables are veth pairs that end in a bridge.
declare -A NS_OF

# A line of the run's story, with the guest's clock.
story() { printf '%8.2f  %s\n' "$(cut -d' ' -f1 /proc/uptime)" "$*" | tee -a /tmp/lab/results/story.txt; }

# on HOST COMMAND...: runs a command on a host.
on() {
  local ns=${NS_OF[$1]}
  shift
  nsenter --net="/proc/$ns/ns/net" --mount="/proc/$ns/ns/mnt" --uts="/proc/$ns/ns/uts" \
    --pid="/proc/$ns/ns/pid_for_children" "$@"
}

# run HOST SCRIPT: the same for a piece of shell.
run() { on "$1" sh -c "$2"; }

# each "HOST HOST" SCRIPT: on every one of them.
each() {
  local host
  for host in $1; do run "$host" "$2"; done
}

# The kind of packet filter that these machines' administrator has chosen: legacy or nft.
choose_iptables() {
  local tool
  mkdir /tmp/lab/bin
  for tool in iptables iptables-save iptables-restore arptables; do
    ln -s "/usr/sbin/${tool%%-*}-$1${tool#"${tool%%-*}"}" "/tmp/lab/bin/$tool"
  done
}

# host NAME: makes one; hosts_ready waits for all of them.
host() {
  local kind=other
  case " $DIRECTORS " in *" $1 "*) kind=director ;; esac
  unshare -n -m -u -p --fork bash /tmp/lab/guest/host-init.sh "$1" "$kind" </dev/null &
  NS_OF[$1]=$!
  HOSTS="$HOSTS $1"
}

hosts_ready() {
  local host
  for host in $HOSTS; do
    until [ -e "/tmp/lab/ready.$host" ]; do sleep 0.3; done
  done
}

# edit HOST SED-EXPRESSION: changes the host's keepalived.conf.
edit() { on "$1" sed -i -E "$2" /etc/keepalived/keepalived.conf; }
# each_edit "HOST HOST" SED-EXPRESSION
each_edit() {
  local host
  for host in $1; do edit "$host" "$2"; done
}
