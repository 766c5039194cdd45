# Ways to look at the cluster from outside; what they print is what a fault's proof is read from.

# One request from a client; prints who answered, or how it failed. What connect() said stands in curl's verbose lines only.
ask_once() {
  local said
  if said=$(on "$1" curl -sS -v -m 3 --connect-timeout 2 "http://$2/" 2>/tmp/lab/asked.err); then
    echo "${said:-empty}"
    return
  fi
  case $(</tmp/lab/asked.err) in
    *'No route to host'* | *'Network is unreachable'*) echo no-route ;;
    *'Connection refused'*) echo refused ;;
    *'timed out'* | *'Timeout was reached'*) echo timeout ;;
    *reset* | *'Empty reply'*) echo reset ;;
    *) echo failed ;;
  esac
}

# requests N [CLIENT] [TARGET]: `requests: rs1=2 timeout=2`, sorted, and the answers in order.
requests() {
  local number=$1 from=${2:-client} target=${3:-$VIP} order='' i
  for ((i = 0; i < number; i++)); do order="$order $(ask_once "$from" "$target")"; done
  echo "requests:$(printf '%s\n' $order | sort | uniq -c | awk '{ printf " %s=%s", $2, $1 }')"
  echo "in order:$order"
}

# holders [VIP]: the directors that have the VIP on an interface that answers ARP.
holders() {
  local vip=${1:-$VIP} host dev address list=''
  for host in $DIRECTORS; do
    on "$host" ip -o -4 addr show >/tmp/lab/addresses
    while read -r _ dev _ address _; do
      case $dev in lo | tunl0 | dummy*) ;; *) [ "${address%/*}" != "$vip" ] || list="$list $host" ;; esac
    done </tmp/lab/addresses
  done
  echo "holders:${list:- none}"
}

# Whose MAC is it?
name_of_mac() { grep -i "$1" /tmp/lab/macs 2>/dev/null | cut -d' ' -f1 | head -1; }
macs() {
  local host
  for host in $HOSTS; do
    run "$host" "ip -o link show | grep -o 'link/ether [^ ]*' | sort -u | sed 's/^link.ether/$host/'"
  done >/tmp/lab/macs
}

# arp_answers HOST DEV [VIP]: who answers `who-has VIP` asked from there.
arp_answers() {
  local vip=${3:-$VIP} mac list=''
  for mac in $(on "$1" arping -c 3 -w 4 -I "$2" "$vip" | grep -oiE '([0-9a-f]{2}:){5}[0-9a-f]{2}' | tr A-F a-f | sort -u); do
    list="$list $(name_of_mac "$mac" || echo "$mac")"
  done
  echo "ARP for $vip answered by:${list:- nobody}"
}

# neighbour HOST IP: whose MAC the host has for it now.
neighbour() {
  local mac
  mac=$(on "$1" ip neigh show "$2" | grep -oE '([0-9a-f]{2}:){5}[0-9a-f]{2}' | head -1)
  echo "$1 sends $2 to: $(name_of_mac "${mac:-none}")"
}

# counter HOST NAME: `TcpExtIPReversePathFilter 10`
counter() { on "$1" nstat -asz "$2" | awk -v name="$2" '$1 == name { print $1, $2 }'; }

# wait_for_vip SECONDS: until some director holds it.
wait_for_vip() {
  local i
  for ((i = 0; i < $1; i++)); do
    [ "$(holders)" = 'holders: none' ] || return 0
    sleep 1
  done
}
