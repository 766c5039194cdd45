/** Is a line without a prompt a command somebody ran or proposes? Prose that begins with a command's name is not. */
import { baseName, hasCjk } from '../lib/text.ts'
import { unwrap } from './effective.ts'
import { shellWords, splitList, withoutComment } from './words.ts'

const OPTION_OR_PATH = /^[-./~$*'"]|[./\\*$:=@]|\d/
const VERBS =
  /^(?:start|stop|restart|reload|status|enable|disable|mask|unmask|is-active|is-enabled|daemon-reload|save|try-restart|condrestart|force-reload|cat|show|list-units|kill|edit|--?\S+)$/

/** What the second word must look like; `always` for names that are no English word. */
const KNOWN: ReadonlyMap<string, RegExp | 'always'> = new Map<string, RegExp | 'always'>([
  ...'iptables ip6tables iptables-save iptables-restore ip6tables-save ip6tables-restore firewall-cmd ufw nft arptables arptables-save ipvsadm ipvsadm-save ipvsadm-restore ifconfig ifup ifdown arping tcpdump chkconfig chmod chown chgrp modprobe lsmod rmmod insmod depmod yum dnf apt apt-get dpkg rpm zypper apk vi vim nano sed awk netstat ss nstat nslookup dig traceroute tracepath mtr telnet scp rsync wget curl tailf journalctl dmesg uname hostnamectl timedatectl nmcli ethtool brctl bridge tc conntrack setenforce getenforce genhash pkill killall killall5 mkdir rmdir touch ln cp mv rm ls ll grep egrep ps lsof sysctl systemctl tar unzip gcc cmake whereis cd sh bash source setcap tshark md5sum ipset virsh docker kubectl sshpass ssh ping6 crontab useradd usermod nginx httpd su sudo systemd-analyze ip_vs keepalived arp'
    .split(' ')
    .map((name): [string, 'always'] => [name, 'always']),
  [
    'ip',
    /^-|^(?:a|ad|addr|address|l|link|r|ro|route|ru|rule|n|ne|neigh|neighbor|neighbour|netns|tunnel|tun|maddr|s|monitor|xfrm)$/,
  ],
  ['route', /^(?:-|add$|del$|delete$|flush$)/],
  ['service', /^[\w@.-]+$/],
  ['echo', /./],
  ['export', /=/],
  ['kill', /^(?:-|\d|`|\$)/],
  ['make', /^(?:-|install$|clean$|all$|\||&&)/],
  ['git', /^(?:clone|checkout|pull|apply|am)$/],
  ['ping', OPTION_OR_PATH],
  ['cat', OPTION_OR_PATH],
  ['less', OPTION_OR_PATH],
  ['more', OPTION_OR_PATH],
  ['head', OPTION_OR_PATH],
  ['tail', OPTION_OR_PATH],
  ['diff', OPTION_OR_PATH],
  ['find', OPTION_OR_PATH],
  ['stat', OPTION_OR_PATH],
  ['file', OPTION_OR_PATH],
  ['mount', OPTION_OR_PATH],
  ['umount', OPTION_OR_PATH],
  ['install', OPTION_OR_PATH],
  ['which', /^[\w.-]+$/],
  ['whatis', /^[\w.-]+$/],
  ['for', /^\w+$/],
  ['watch', /^-|^(?:ip|ipvsadm|ss|netstat|cat|curl)$/],
  ['time', /^-|^(?:curl|ping|ip|sysctl)$/],
  ['top', /^-/],
  ['free', /^-/],
  ['host', /\./],
  ['ulimit', /^-/],
  ['tee', OPTION_OR_PATH],
])

/** Names that are commands even with nothing behind them. */
const ALONE = new Set(
  'ip route ifconfig arp hostname date uname ls ll ps ss netstat nstat top free w who id uptime lsmod dmesg ipvsadm iptables-save env exit reboot hostnamectl getenforce make'.split(
    ' ',
  ),
)

const TOO_LONG = 1000

/** Text of the command without comment, or undefined when the line is none. */
export function looseCommand(line: string): string | undefined {
  if (line.length > TOO_LONG) return undefined
  const first = /^\s{0,12}([A-Za-z_./~\\][\w./~+=$"'-]{0,200})(?=[\s;|&]|$)/.exec(line)?.[1]
  if (first === undefined || !mayBeCommand(first)) return undefined
  const text = withoutComment(line)
  const [part] = splitList(text)
  if (part === undefined || !plausible(part.tokens.map((token) => token.word))) return undefined
  return looksLikeProse(text) ? undefined : text
}

function mayBeCommand(word: string): boolean {
  return KNOWN.has(word) || ALONE.has(word) || word.includes('/') || word.includes('=') || KNOWN.has(baseName(word))
}

/** Does the command with these words make sense? */
export function plausible(words: readonly string[]): boolean {
  if (/^[A-Za-z_]\w*=/.test(words[0] ?? '') && words.length === 1) return false
  const run = unwrap(words)
  const [name = '', second] = run
  const asTyped = words.find((word) => baseName(word) === name) ?? name
  const path =
    /^(?:\.{1,2}|~)\/[\w.-]|^\/(?:usr\/|opt\/|root\/|home\/|etc\/(?:rc\.d\/)?init\.d\/|s?bin\/)[\w./-]*\w$/.test(
      asTyped,
    )
  if (asTyped.includes('/') && !path) return false
  const rule = KNOWN.get(name)
  if (second === undefined) return path || ALONE.has(name)
  if (rule === undefined) return path || (ALONE.has(name) && /^[-|>]/.test(second))
  if (name === 'service') return VERBS.test(run[2] ?? '') || second.startsWith('--')
  if (name === 'systemctl') return VERBS.test(second)
  if (name === 'sysctl') return /^-|^[\w-]+[./]\w/.test(second)
  return rule === 'always' ? !isSentence(run) : rule.test(second)
}

/** `yum is used to install packages`: only plain words, several of them. */
function isSentence(words: readonly string[]): boolean {
  return words.length > 4 && words.every((word) => /^[A-Za-z']+[.,:;!?]?$/.test(word))
}

/** Writing of East Asia outside quotes belongs to no command. */
function looksLikeProse(text: string): boolean {
  return hasCjk(text) && hasCjk(text.replace(/"[^"]*"|'[^']*'/g, ''))
}

/** First word of a line is a command we know: for prompts too weak to be believed alone (`# cmd`). */
export function startsKnown(line: string): boolean {
  const [first = ''] = shellWords(line.slice(0, TOO_LONG))
  return first !== 'for' && looseCommand(line) !== undefined
}
