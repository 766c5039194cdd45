/** What a host is asked, in the order in which it is asked. The collector script is made from this table alone. */
import type { FactName } from '../model/facts.ts'

export interface Probe {
  /** The parser's format where there is one; probes of one id are several looks of the same kind. */
  readonly id: string
  /** POSIX sh, as a person could type it. In an `each` probe `FILE` stands for the path. */
  readonly command: string
  readonly fact?: FactName
  /** Longest output taken, in bytes; the end mark says when there was more. */
  readonly maxBytes: number
  /** Program without which there is nothing to run. */
  readonly tool: string
  /** Fails without root, so nothing is run without. */
  readonly root?: true
  /** Shell function of the script and its argument: the kernel part is there, so that asking does not load it. */
  readonly gate?: string
  /** Shell test that chooses between variants; where it fails, nothing is printed at all. */
  readonly when?: string
  /** Shell function of the script that prints paths: one run per path. */
  readonly each?: string
}

const KB = 1024
const MB = 1024 * KB

/** Settings that decide what happens to a packet of a virtual service; the rest of `sysctl -a` stays on the host. */
const SYSCTLS = String.raw`^net\.(ipv4\.(conf|ip_|vs\.|icmp_echo|tcp_(tw_|timestamps|syncookies|fin))|netfilter\.nf_conntrack_(max|count|tcp_(loose|be_lib))|bridge)`

const WHO: readonly Probe[] = [
  { id: 'hostname', command: 'hostname', fact: 'identity', maxBytes: KB, tool: 'hostname' },
  { id: 'date', command: 'date', fact: 'identity', maxBytes: KB, tool: 'date' },
  { id: 'uname', command: 'uname -a', fact: 'identity', maxBytes: KB, tool: 'uname' },
  {
    id: 'machine-id',
    command: 'cat /etc/machine-id',
    fact: 'identity',
    maxBytes: KB,
    tool: 'cat',
    when: '[ -r /etc/machine-id ]',
  },
  {
    id: 'os-release',
    command: 'cat /etc/os-release',
    fact: 'identity',
    maxBytes: 8 * KB,
    tool: 'cat',
    when: '[ -r /etc/os-release ]',
  },
]

/** Where the host runs, and what it forbids its daemons. */
const PLATFORM: readonly Probe[] = [
  {
    id: 'detect-virt',
    command: 'systemd-detect-virt',
    fact: 'identity',
    maxBytes: KB,
    tool: 'systemd-detect-virt',
  },
  // The file system is there where SELinux is on; getenforce may not be installed.
  {
    id: 'selinux',
    command: 'if [ -r /sys/fs/selinux/enforce ]; then cat /sys/fs/selinux/enforce; echo; else echo Disabled; fi',
    fact: 'identity',
    maxBytes: KB,
    tool: 'cat',
  },
  {
    id: 'avc',
    command: 'grep keepalived_t /var/log/audit/audit.log | tail -n 50',
    fact: 'audit',
    maxBytes: 64 * KB,
    tool: 'grep',
    root: true,
    when: '[ -r /var/log/audit/audit.log ]',
  },
]

const NETWORK: readonly Probe[] = [
  { id: 'ip-addr', command: 'ip addr', fact: 'links', maxBytes: 2 * MB, tool: 'ip' },
  { id: 'ip-link', command: 'ip -d link', fact: 'links', maxBytes: 2 * MB, tool: 'ip' },
  { id: 'ip-route', command: 'ip route show table all', fact: 'routes', maxBytes: 2 * MB, tool: 'ip' },
  { id: 'ip-rule', command: 'ip rule', fact: 'policyRules', maxBytes: 256 * KB, tool: 'ip' },
  { id: 'ip-neigh', command: 'ip neigh', fact: 'neighbours', maxBytes: MB, tool: 'ip' },
  {
    id: 'sysctl',
    command: `sysctl -a 2>/dev/null | grep -E '${SYSCTLS}'`,
    fact: 'sysctl',
    maxBytes: 2 * MB,
    tool: 'sysctl',
  },
  { id: 'sysctl-conf', command: 'cat FILE', fact: 'sysctlConf', maxBytes: 256 * KB, tool: 'cat', each: 'sysctl_files' },
]

// iptables-save of the nft kind loads nf_tables by opening its socket; the legacy kind loads a table by looking at it.
// `arptables -L` of the nft kind even creates base chains in some versions: there `nft list ruleset` shows the same.
const FIREWALL: readonly Probe[] = [
  {
    id: 'iptables-save',
    command: 'iptables-save -c',
    fact: 'firewall',
    maxBytes: 16 * MB,
    tool: 'iptables-save',
    root: true,
    when: 'is_nft iptables-save',
    gate: 'module_ready nf_tables',
  },
  {
    id: 'iptables-save',
    command: 'iptables-save -c',
    fact: 'firewall',
    maxBytes: 16 * MB,
    tool: 'iptables-save',
    root: true,
    when: '! is_nft iptables-save',
    gate: 'tables_in /proc/net/ip_tables_names',
  },
  {
    id: 'iptables-save',
    command: 'iptables-legacy-save -c',
    fact: 'firewall',
    maxBytes: 16 * MB,
    tool: 'iptables-legacy-save',
    root: true,
    when: 'is_nft iptables-save && tables_in /proc/net/ip_tables_names',
  },
  {
    id: 'nft',
    command: 'nft list ruleset',
    fact: 'nft',
    maxBytes: 16 * MB,
    tool: 'nft',
    root: true,
    gate: 'module_ready nf_tables',
  },
  {
    id: 'arptables',
    command: 'arptables-legacy -L -n',
    fact: 'arptables',
    maxBytes: MB,
    tool: 'arptables-legacy',
    root: true,
    when: 'is_nft arptables && tables_in /proc/net/arp_tables_names',
  },
  {
    id: 'arptables',
    command: 'arptables -L -n',
    fact: 'arptables',
    maxBytes: MB,
    tool: 'arptables',
    root: true,
    when: '! is_nft arptables',
    gate: 'tables_in /proc/net/arp_tables_names',
  },
]

// ipvsadm loads ip_vs when it is not there.
const IPVS: readonly Probe[] = [
  {
    id: 'ipvsadm',
    command: 'ipvsadm -Ln',
    fact: 'ipvs',
    maxBytes: 16 * MB,
    tool: 'ipvsadm',
    root: true,
    gate: 'test -e /proc/net/ip_vs',
  },
  {
    id: 'ipvsadm-stats',
    command: 'ipvsadm -Ln --stats',
    fact: 'ipvsStats',
    maxBytes: 16 * MB,
    tool: 'ipvsadm',
    root: true,
    gate: 'test -e /proc/net/ip_vs',
  },
  {
    id: 'ipvsadm-conn',
    command: 'ipvsadm -Lnc',
    fact: 'ipvsConns',
    maxBytes: 4 * MB,
    tool: 'ipvsadm',
    root: true,
    gate: 'test -e /proc/net/ip_vs',
  },
]

const JOURNAL = '[ -d /run/systemd/journal ] && has journalctl'

const KEEPALIVED: readonly Probe[] = [
  {
    id: 'keepalived-conf',
    command: 'cat FILE',
    fact: 'keepalived',
    maxBytes: 16 * MB,
    tool: 'cat',
    each: 'conf_files',
  },
  {
    id: 'stat',
    command: "stat -c '%a %F %U %G %s %n' /etc/keepalived /etc/keepalived/*",
    fact: 'files',
    maxBytes: 256 * KB,
    tool: 'stat',
  },
  { id: 'ls', command: 'ls -ldL FILE', fact: 'files', maxBytes: 4 * KB, tool: 'ls', each: 'script_files' },
  // May keepalived read its configuration? Labels are there only where SELinux is on.
  {
    id: 'ls',
    command: 'ls -lZL FILE',
    fact: 'files',
    maxBytes: 4 * KB,
    tool: 'ls',
    when: '[ -r /sys/fs/selinux/enforce ]',
    each: 'conf_files',
  },
  // Does an include line find a file? keepalived itself does not say.
  {
    id: 'ls',
    command: 'ls -lL FILE/',
    fact: 'files',
    maxBytes: 256 * KB,
    tool: 'ls',
    when: '[ -n "$(include_folders)" ]',
    each: 'include_folders',
  },
  // The bones of the check scripts: the framer masks every word that is not of the shell or of keepalived.
  {
    id: 'script',
    command: 'cat FILE',
    maxBytes: 64 * KB,
    tool: 'cat',
    when: '[ -n "$(check_scripts)" ]',
    each: 'check_scripts',
  },
  {
    id: 'systemctl-status',
    command: 'systemctl status keepalived --no-pager -l',
    fact: 'units',
    maxBytes: 256 * KB,
    tool: 'systemctl',
  },
  {
    id: 'systemctl-is-enabled',
    command: 'systemctl is-enabled keepalived',
    fact: 'units',
    maxBytes: KB,
    tool: 'systemctl',
  },
  // Names without arguments: those may hold passwords, and a list that is not filtered can show what does not run.
  { id: 'ps', command: 'ps ax -o pid,comm', fact: 'processes', maxBytes: 2 * MB, tool: 'ps' },
  {
    id: 'keepalived-log',
    command: 'journalctl -u keepalived -n 300 --no-pager',
    fact: 'log',
    maxBytes: MB,
    tool: 'journalctl',
    when: JOURNAL,
  },
  {
    id: 'keepalived-log',
    command: 'grep -ih keepalived FILE | tail -n 300',
    fact: 'log',
    maxBytes: MB,
    tool: 'grep',
    when: `! { ${JOURNAL}; }`,
    each: 'log_files',
  },
]

const TRAFFIC: readonly Probe[] = [
  // With PROC_ROOT set, ss reads /proc/net/tcp; without, its netlink question loads the tcp_diag module.
  { id: 'ss', command: 'PROC_ROOT=/proc ss -lnt', fact: 'sockets', maxBytes: MB, tool: 'ss' },
  // Without -s nstat writes a history file into /tmp.
  { id: 'nstat', command: 'nstat -asz', fact: 'counters', maxBytes: 256 * KB, tool: 'nstat' },
  {
    id: 'dmesg',
    command: "dmesg | grep -E 'nf_conntrack: table full|martian' | tail -n 20",
    maxBytes: 64 * KB,
    tool: 'dmesg',
    root: true,
  },
]

export const PROBES: readonly Probe[] = [
  ...WHO,
  ...PLATFORM,
  ...NETWORK,
  ...FIREWALL,
  ...IPVS,
  ...KEEPALIVED,
  ...TRAFFIC,
]
