/** The unchanging part of the collector: POSIX sh, tried under dash, bash and busybox. */
import { FRAMER } from './framer.ts'

/** Comes before the probes. `seconds` is the time limit of one command. */
export const PRELUDE = String.raw`#!/bin/sh
# lvsdoctor collector: prints what this host says about its network, IPVS and keepalived.
# It only looks: no kernel module is loaded, no file written, no signal sent. Secrets are masked.
#   sh collect.sh > "$(hostname).txt"        (as root, or some answers will be missing)
set -u
LC_ALL=C LANGUAGE=C SYSTEMD_PAGER=cat SYSTEMD_COLORS=0 PAGER=cat
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin
export LC_ALL LANGUAGE SYSTEMD_PAGER SYSTEMD_COLORS PAGER PATH
unset GREP_OPTIONS

framer='${FRAMER}'

say() { printf '%s\n' "$*"; }
has() { command -v "$1" >/dev/null 2>&1; }

# Are there tables of this kind? Unreadable counts as yes: whether we may look is another question.
tables_in() {
  [ -e "$1" ] || return 1
  [ -r "$1" ] || return 0
  grep -q . "$1"
}

# Is this part of the kernel there already, so that asking it loads nothing?
module_ready() {
  [ -d "/sys/module/$1" ] && return 0
  [ -e /proc/modules ] || return 0
  grep -q "^$1 " /proc/modules && return 0
  grep -q "/$1\.ko" "/lib/modules/$(uname -r)/modules.builtin" 2>/dev/null
}

# Does this command talk to nf_tables? Told by what it links to: running it to ask would load the module.
is_nft() {
  case $(readlink -f "$(command -v "$1" 2>/dev/null)" 2>/dev/null) in *nft*) return 0 ;; esac
  return 1
}

# Paths that can stand in a command line as they are.
plain_paths() { grep -E '^/[A-Za-z0-9._/@+=,:-]+$' | head -n 50; }

# A keepalived configuration and what it includes, each once.
with_includes() {
  say "$1"
  [ "$2" -lt 4 ] || return 0
  grep -E '^[[:space:]]*include[a-z]?[[:space:]]' "$1" 2>/dev/null | tr -d '"' | while read -r _ pattern _; do
    case $pattern in /*) ;; *) pattern=$(dirname "$1")/$pattern ;; esac
    for file in $pattern; do
      if [ -f "$file" ]; then with_includes "$file" $(($2 + 1)); fi
    done
  done
}
# The main file comes last: who takes only the latest look at the configuration then has the main one.
conf_files() {
  with_includes /etc/keepalived/keepalived.conf 0 | plain_paths |
    awk '!seen[$0]++ { path[++n] = $0 } END { while (n) print path[n--] }'
}

# Check scripts, and the folders above each: whoever can change one of these can change the script.
script_files() {
  for file in $(conf_files); do grep -E '^[[:space:]]*script[[:space:]]' "$file" 2>/dev/null; done |
    tr -d "\"'" | awk '{
      for (i = 2; i <= 3; i++) if ($i ~ "^/") {
        parts = split($i, part, "/"); path = ""
        for (k = 2; k <= parts; k++) { path = path "/" part[k]; if (!seen[path]++) print path }
      }
    }' | plain_paths
}

# Folders in which include lines look for files.
include_folders() {
  for file in $(conf_files); do
    grep -E '^[[:space:]]*include[a-z]?[[:space:]]' "$file" 2>/dev/null | tr -d '"' | while read -r _ pattern _; do
      case $pattern in /*) dirname "$pattern" ;; *) dirname "$(dirname "$file")/$pattern" ;; esac
    done
  done | plain_paths | awk '!seen[$0]++'
}

# Check scripts that are shell scripts.
check_scripts() {
  for file in $(script_files); do
    if [ -f "$file" ] && [ -r "$file" ] && head -n 1 "$file" | tr -cd '[:print:]' | grep -qE '^#! ?/[a-z/]*sh( |$)'; then say "$file"; fi
  done
}

existing() { for file in "$@"; do if [ -f "$file" ]; then say "$file"; fi; done; }
sysctl_files() { existing /etc/sysctl.conf /etc/sysctl.d/*.conf | plain_paths; }
log_files() { existing /var/log/messages /var/log/syslog | plain_paths; }

# Processes that a command has started, whoever their parent is by now: they have inherited its mark.
marked() { grep -l "LVSDOCTOR_RUN=$1" /proc/[0-9]*/environ 2>/dev/null | tr -cd '0-9\n'; }
# More than once, because a process may start another while it is being looked for.
end_marked() {
  for _ in 1 2 3 4 5; do
    found=$(marked "$1")
    [ -n "$found" ] || return 0
    # shellcheck disable=SC2086
    kill -9 $found
  done
}

# Runs $1 for at most $seconds, and says 124 when it took longer.
limited() {
  if [ "$timer" = full ]; then
    timeout -k 1 "$seconds" sh -c "$1"
  elif [ "$timer" = short ]; then
    timeout "$seconds" sh -c "$1"
  else
    LVSDOCTOR_RUN=$$.$count. sh -c "$1" &
    own=$!
    (sleep "$seconds"; end_marked "$$.$count.") >/dev/null 2>&1 &
    clock=$!
    wait "$own" 2>/dev/null
    set -- "$?"
    kill "$clock" 2>/dev/null
    wait "$clock" 2>/dev/null
    return_status "$1"
    return
  fi
  return_status "$?"
}
return_status() { case $1 in 137 | 143) return 124 ;; esac; return "$1"; }

# ID MAX-BYTES COMMAND
run() {
  count=$((count + 1))
  say "#@ run $1: $3"
  { limited "$3" </dev/null 2>&1; printf '\n#@exit %s\n' "$?"; } | awk -v id="$1" -v most="$2" "$framer"
}

# ID REASON
skip() { count=$((count + 1)); say "#@ skip $1: $2"; }

# ID MAX-BYTES GATE any|root TOOL COMMAND
probe() {
  if ! eval "$3"; then skip "$1" not-loaded
  elif [ "$4" = root ] && [ "$uid" != 0 ]; then skip "$1" denied
  elif ! has "$5"; then skip "$1" no-such-tool
  else run "$1" "$2" "$6"
  fi
}

main() {
  if ! has awk; then
    say 'lvsdoctor collector: awk is needed, or secrets could not be masked' >&2
    exit 69
  fi
  count=0
  uid=$(id -u)
  timer=none
  if timeout -k 1 1 true 2>/dev/null; then timer=full; elif timeout 1 true 2>/dev/null; then timer=short; fi
  host=$(hostname 2>/dev/null || uname -n)
  say "#@ lvsdoctor collect 1 host=$(printf %s "$host" | tr -cd 'A-Za-z0-9._-') time=$(date +%s)"`

/** Comes after the probes. Everything is one function, so that half a script does nothing. */
export const CLOSING = `
  say "#@ done probes=$count"
}
main`
