# One run: build the cluster, put the fault in, prove it, collect from every host. The run's own part comes in results/in:
# build.sh (topology), inject.sh, start.sh (services), after.sh (fault that comes later), symptom.sh.
RESULTS=/tmp/lab/results
. /tmp/lab/guest/hosts.sh
. /tmp/lab/guest/services.sh
. /tmp/lab/guest/ask.sh
. /tmp/lab/guest/collect.sh
. "$RESULTS/in/settings.sh"

story "kernel $(uname -r) is up"
sysctl -q -w net.bridge.bridge-nf-call-iptables=0 net.bridge.bridge-nf-call-arptables=0 2>/dev/null
choose_iptables "$IPTABLES"
. "$RESULTS/in/build.sh"
configure
macs
. "$RESULTS/in/inject.sh"
story "hosts are up:$HOSTS"
. "$RESULTS/in/start.sh"
story 'services started'
wait_for_vip 7
story "$(holders)"
requests 4 | tee "$RESULTS/first.txt"
. "$RESULTS/in/after.sh"
sleep "$SETTLE"
story 'settled'
if [ "$LAB_WANTED" = shell ]; then
  . /tmp/lab/guest/shell.sh
else
  . "$RESULTS/in/symptom.sh" >"$RESULTS/symptom.txt" 2>&1
  story 'symptom seen'
  [ "$LAB_WANTED" = proof ] || collect_all
  story 'end'
  : >"$RESULTS/finished"
fi
