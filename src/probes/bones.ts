/**
 * The part of the framer that reduces a check script to its bones: words of the shell, names of common commands, paths,
 * exit codes and whatever concerns keepalived stay; every other word becomes `x1`, `x2`, …, the same word the same mark
 * within one collection. How a script ends is told by that, and what it logs in with is not: of a password in a script
 * nobody knows how it is written, so words are let through by name, and not kept back by name.
 * Awk like the framer, without a single quote (\\047) or a backquote (\\140).
 */
const SHELL_WORDS =
  'if then else elif fi case esac for while until do done in function select return exit break continue set shift local ' +
  'export readonly unset declare trap exec eval source command type true false test echo printf read let wait cd sleep ' +
  'killall pkill kill pgrep pidof ps grep egrep fgrep awk gawk sed wc head tail cut tr sort uniq cat ls rm touch date ' +
  'basename dirname expr seq curl wget nc ncat nmap ping ping6 telnet systemctl service rc-service sudo su timeout logger ' +
  'ip ifconfig ss netstat lsof ipvsadm mysql mysqladmin redis-cli psql pg_isready nginx haproxy httpd sh bash python python3 perl ' +
  'start stop restart reload status is-active is-enabled keepalived keepalived.service nginx.service haproxy.service ' +
  '-eq -ne -lt -le -gt -ge -nt -ot -ef -TERM -KILL -HUP -INT -QUIT -SIGTERM -SIGKILL -SIGHUP -USR1 -USR2 -15'

/** Behind these a number of two or three digits is no secret. */
const TAKES_NUMBER = 'exit return sleep timeout -eq -ne -lt -le -gt -ge'

export const BONES = String.raw`
function learn(words, set,    list, n) { n = split(words, list, " "); while (n) set[list[n--]] = 1 }
function bone(word, last, sign) {
  if (word in plain || word !~ /[A-Za-z0-9]/) return word
  if (word ~ /^-[A-Za-z0-9]$/ || word ~ /^--[a-z-]+$/) return word
  if (word ~ /^[0-9]$/ || (word ~ /^[0-9][0-9]?[0-9]?$/ && (last in counted || sign == "$"))) return word
  if (word ~ /^[0-9][0-9]?[smh]$/ && last == "sleep") return word
  if (length(word) < 80 && word ~ /^\/(bin|sbin|usr|etc|var|run|proc|sys|dev|opt|tmp)\// && word !~ /[^A-Za-z0-9._+\/-]/) return word
  if (!(word in named)) named[word] = "x" (++names)
  return named[word]
}
function bones(line,    done, word, last, gap) {
  if (line ~ /^#!/) return line ~ /^#![A-Za-z0-9\/ _.-]*$/ ? line : "#!"
  if (line ~ /^[ \t]*#/) return "#"
  while (match(line, "[^][ \t\r;&|()<>{}$\"\047\140\\\\!?*#=]+")) {
    gap = substr(line, 1, RSTART - 1)
    word = substr(line, RSTART, RLENGTH)
    line = substr(line, RSTART + RLENGTH)
    done = done gap bone(word, last, substr(gap, length(gap)))
    last = word
  }
  return done line
}
BEGIN { if (id == "script") { learn("${SHELL_WORDS}", plain); learn("${TAKES_NUMBER}", counted) } }
`
