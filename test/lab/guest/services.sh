# What runs on the hosts.
LOGGING='module(load="imuxsock" SysSock.Name="/run/log.sock")
module(load="builtin:omfile" Template="RSYSLOG_TraditionalFileFormat")
*.* /var/log/messages'

# logging HOST: a syslog daemon that writes /var/log/messages.
logging() {
  printf '%s\n' "$LOGGING" >/tmp/lab/rsyslog.conf
  # It returns when it listens.
  run "$1" 'rsyslogd -f /tmp/lab/rsyslog.conf -i /run/rsyslogd.pid'
}

# director HOST: keepalived with the configuration that the run brought.
director() {
  logging "$1"
  on "$1" keepalived -D
}

# web HOST: a server that answers its own name.
web() { on "$1" busybox httpd -p "${2:-80}" -h /run/www; }

configure() {
  local file host
  for file in /tmp/lab/results/in/*.keepalived.conf; do
    [ -e "$file" ] || return 0
    host=$(basename "$file" .keepalived.conf)
    on "$host" sh -c 'cat >/etc/keepalived/keepalived.conf; chmod 644 /etc/keepalived/keepalived.conf' <"$file"
  done
}

# restart HOST: keepalived again, with the configuration as it stands.
restart() {
  run "$1" 'kill $(cat /run/keepalived.pid); for i in 1 2 3 4 5 6 7 8 9 10; do pgrep -x keepalived >/dev/null || break; sleep 0.3; done'
  on "$1" keepalived -D
}

# fence HOST RULE...: a usual packet filter. What is given is accepted, all else is rejected.
fence() {
  local host=$1 rule script
  shift
  script='iptables -A INPUT -i lo -j ACCEPT
    iptables -A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT
    iptables -A INPUT -p icmp -j ACCEPT'
  for rule in "$@"; do script="$script
    iptables -A INPUT $rule -j ACCEPT"; done
  run "$host" "$script
    iptables -A INPUT -j REJECT --reject-with icmp-host-prohibited"
}

# stranger NAME BRIDGE MAC ADDRESS: a machine on the LAN that belongs to nobody here; it is not asked for evidence.
stranger() {
  local known=$HOSTS
  host "$1"
  hosts_ready
  HOSTS=$known
  ip link add "$1-eth0" type veth peer name eth0 address "$3" netns "${NS_OF[$1]}"
  ip link set "$1-eth0" master "$2" up
  run "$1" "ip link set eth0 up; ip addr add $4 dev eth0"
}

# fail_over: ds1's keepalived stops cleanly; prints who holds the VIP then.
fail_over() {
  run ds1 'kill $(cat /run/keepalived.pid)'
  sleep 5
  holders
}
