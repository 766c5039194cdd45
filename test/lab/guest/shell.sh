# A cluster to explore: the console is the terminal.
{
  echo "hosts:$HOSTS   VIP $VIP"
  echo 'on HOST COMMAND   run HOST "SCRIPT"   requests 4   holders   arp_answers $ASK_FROM $ASK_DEV   edit HOST SED   restart HOST'
  echo 'collect_all writes the transcripts to results; exit ends the cluster'
} >/dev/console
export -f on run each edit requests ask_once holders arp_answers name_of_mac neighbour counter restart
declare -p NS_OF HOSTS DIRECTORS SERVERS LIVE SCRIPTED OTHERS VIP ASK_FROM ASK_DEV RESULTS CAPTURE CAPTURE_SECONDS LAB_NODE >/tmp/lab/rc
printf '. /tmp/lab/guest/%s.sh\n' hosts services ask collect >>/tmp/lab/rc
sed -i '/declare -A NS_OF$/d' /tmp/lab/rc
printf 'PS1="lab# "\n' >>/tmp/lab/rc
setsid -c bash --rcfile /tmp/lab/rc -i </dev/console >/dev/console 2>&1
