# What runs on the hosts. A host's PATH finds its own kind of iptables first.
LOGGING='module(load="imuxsock" SysSock.Name="/run/log.sock")
module(load="builtin:omfile" Template="RSYSLOG_TraditionalFileFormat")
*.* /var/log/messages'

# logging HOST: a syslog daemon that writes /var/log/messages.
logging() {
  printf '%s\n' "$LOGGING" | on "$1" tee /run/rsyslog.conf >/dev/null
  run "$1" 'rsyslogd -f /run/rsyslog.conf -i /run/rsyslogd.pid; for i in 1 2 3 4 5 6 7 8 9; do [ -S /run/log.sock ] && break; sleep 0.1; done'
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
