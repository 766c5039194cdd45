/** The facts a host can yield, by name. A parser makes a value; the engine wraps it as a `Fact`. */
import type { Cite } from './evidence.ts'

export interface Facts {
  identity: Identity
  links: Links
  routes: Routes
  policyRules: PolicyRules
  neighbours: Neighbours
  /** Running kernel values. */
  sysctl: Sysctl
  /** Values written in sysctl.conf, sysctl.d or a pasted fragment of them: intent, not state. */
  sysctlConf: Sysctl
  firewall: Firewall
  nft: NftRuleset
  arptables: ArpTables
  ipvs: Ipvs
  ipvsStats: IpvsStats
  ipvsConns: IpvsConns
  keepalived: KeepalivedConf
  files: FileListing
  units: Units
  log: KeepalivedLog
  capture: Capture
  processes: Processes
  sockets: Sockets
  counters: Counters
  commands: Commands
  /** What SELinux has refused. */
  audit: AuditLog
}

export type FactName = keyof Facts

export interface Identity {
  readonly hostname?: string
  readonly machineId?: string
  readonly kernel?: string
  readonly os?: string
  /** Epoch ms of a `date` on the host. */
  readonly clock?: number
  /** `Enforcing`, `Permissive` or `Disabled`. */
  readonly selinux?: ConfWord
  /** As systemd-detect-virt calls it: kvm, vmware, amazon …; `none` on bare metal. */
  readonly virtualization?: ConfWord
  readonly at: Cite
}

/** Refusals (AVC) of SELinux from the audit log. */
export interface AuditLog {
  readonly denials: readonly Denial[]
}

export interface Denial {
  /** Type of who asked, without user, role and level: `keepalived_t`. */
  readonly domain: string
  readonly permissions: readonly string[]
  /** Type of what was asked for. */
  readonly target: string
  readonly class: string
  /** File or program it is about, where the line names one. */
  readonly name?: string
  /** Only logged, not refused. undefined: old kernels do not say. */
  readonly permissive?: boolean
  readonly at: Cite
}

// --- addresses and links -------------------------------------------------------------------------

export interface Links {
  readonly links: readonly Link[]
}

export interface Link {
  /** Without the `@peer` suffix. */
  readonly name: string
  /** What stands behind `@`: parent of a VLAN, veth peer, NONE. */
  readonly peer?: string
  readonly index?: number
  /** BROADCAST, LOOPBACK, NOARP, UP, LOWER_UP, SLAVE … */
  readonly flags: readonly string[]
  readonly mtu?: number
  /** From `link/ether`, `link/ipip`, `link/loopback` …; `ip -d` adds vlan, bond, veth, ipip. */
  readonly type?: string
  readonly kind?: string
  readonly vlan?: number
  readonly mac?: string
  readonly master?: string
  readonly addresses: readonly LinkAddress[]
  readonly at: Cite
}

export interface LinkAddress {
  readonly family: 'inet' | 'inet6'
  readonly ip: string
  readonly prefix: number
  readonly scope?: string
  readonly secondary: boolean
  readonly label?: string
  readonly at: Cite
}

// --- routing -------------------------------------------------------------------------------------

export interface Routes {
  readonly routes: readonly Route[]
  /** Tables seen; `ip route` alone shows only `main`. */
  readonly tables: 'main' | 'all' | readonly string[]
}

export interface Route {
  /** unicast, local, broadcast, multicast, blackhole, unreachable, prohibit, throw */
  readonly type: string
  /** CIDR; `0.0.0.0/0` for default. */
  readonly to: string
  readonly table: string
  readonly via?: string
  readonly dev?: string
  readonly src?: string
  readonly metric: number
  readonly scope?: string
  readonly proto?: string
  readonly nexthops: readonly {
    readonly via?: string
    readonly dev?: string
    readonly weight: number
    /** dead, linkdown, onlink: the kernel passes over a dead one. */
    readonly flags?: readonly string[]
  }[]
  readonly flags: readonly string[]
  readonly at: Cite
}

export interface PolicyRules {
  readonly rules: readonly PolicyRule[]
}

export interface PolicyRule {
  readonly priority: number
  readonly not: boolean
  /** CIDR or undefined for all. */
  readonly from?: string
  readonly to?: string
  readonly iif?: string
  readonly oif?: string
  readonly fwmark?: { readonly value: number; readonly mask: number }
  /** lookup table name, or an action: blackhole, unreachable, prohibit, nop, goto. */
  readonly action: string
  readonly table?: string
  /** Priority of the rule that action goto continues at. */
  readonly goto?: number
  /** `suppress_prefixlength N`. */
  readonly suppressPrefix?: number
  /** Selectors we do not model (tos, ipproto, sport …): the rule then "cannot tell". */
  readonly other: readonly string[]
  readonly at: Cite
}

export interface Neighbours {
  readonly entries: readonly Neighbour[]
}

export interface Neighbour {
  readonly ip: string
  /** Lower case, undefined while incomplete. */
  readonly mac?: string
  readonly dev?: string
  /** REACHABLE, STALE, DELAY, PROBE, PERMANENT, INCOMPLETE, FAILED; `complete` for arp(8) flag C. */
  readonly state: string
  readonly at: Cite
}

// --- sysctl --------------------------------------------------------------------------------------

export interface Sysctl {
  /** Keys with dots between parts; a dot inside an interface name is written `/` (eth0/10). Last assignment wins. */
  readonly entries: ReadonlyMap<string, SysctlEntry>
}

export interface SysctlEntry {
  readonly key: string
  readonly value: string
  readonly at: Cite
  /** `typed`: taken from a command that sets it, not from a read. */
  readonly by: 'read' | 'typed' | 'file'
}

// --- packet filter -------------------------------------------------------------------------------

export interface Firewall {
  /** Which program printed it. */
  readonly backend: 'legacy' | 'nf_tables' | 'unknown'
  readonly tables: readonly FilterTable[]
  /** `-S` prints one table only; absence of others then says nothing. */
  readonly allTables: boolean
  /** `# Warning: …` lines: rules of the other backend exist that this text does not show. */
  readonly warnings?: readonly Cite[]
}

export interface FilterTable {
  readonly name: string
  readonly chains: readonly FilterChain[]
  readonly at: Cite
}

export interface FilterChain {
  readonly name: string
  /** Only built-in chains have one. */
  readonly policy?: 'ACCEPT' | 'DROP'
  readonly counters?: FilterCounters
  readonly rules: readonly FilterRule[]
  /** The `:CHAIN` or `-P`/`-N` line. */
  readonly at: Cite
}

export interface FilterCounters {
  readonly packets: number
  readonly bytes: number
}

export interface FilterRule {
  readonly matches: readonly FilterMatch[]
  readonly target?: FilterTarget
  readonly counters?: FilterCounters
  readonly at: Cite
  readonly text: string
}

/** One condition of a rule. `values` are the words of the option as printed. */
export interface FilterMatch {
  /** `-p`, `-s`, `-d`, `-i`, `-o`, or the option word without dashes: dport, dports, state, ctstate, pkt-type, icmp-type … */
  readonly option: string
  /** `-m` module it belongs to, where there is one. */
  readonly module?: string
  readonly not: boolean
  readonly values: readonly string[]
}

export interface FilterTarget {
  /** ACCEPT, DROP, REJECT, RETURN, LOG, MARK, DNAT … or a user chain. */
  readonly name: string
  readonly goto: boolean
  /** Options of the target: `--reject-with icmp-host-prohibited` is `{ 'reject-with': 'icmp-host-prohibited' }`. */
  readonly options: Readonly<Record<string, string>>
}

/** `nft list ruleset`. Rules are kept as text, and turned into those of the packet walk only when one is asked for. */
export interface NftRuleset {
  readonly tables: readonly NftTable[]
}

export interface NftTable {
  readonly family: string
  readonly name: string
  /** `managed by iptables-nft`: the same rules are in the iptables listing. */
  readonly ofIptables: boolean
  readonly chains: readonly NftChain[]
  /** Named sets and maps. */
  readonly sets?: readonly NftSet[]
  readonly at: Cite
}

export interface NftSet {
  readonly name: string
  /** Elements as printed: `10.0.0.0/24`, `10.0.0.1 . 80`, `22 : accept`. */
  readonly elements: readonly string[]
  readonly at: Cite
}

export interface NftChain {
  readonly name: string
  readonly hook?: string
  readonly type?: string
  readonly priority?: string
  readonly policy?: string
  readonly rules: readonly { readonly text: string; readonly at: Cite }[]
  readonly at: Cite
}

export interface ArpTables {
  readonly chains: readonly {
    readonly name: string
    readonly policy?: string
    readonly rules: readonly { readonly text: string; readonly at: Cite }[]
    readonly at: Cite
  }[]
}

// --- IPVS ----------------------------------------------------------------------------------------

export interface Ipvs {
  readonly services: readonly IpvsService[]
}

export type Protocol = 'tcp' | 'udp' | 'sctp'

export interface IpvsService {
  /** undefined for a firewall-mark service. */
  readonly protocol?: Protocol
  readonly vip?: string
  readonly port?: number
  readonly fwmark?: number
  readonly scheduler: string
  /** Seconds; undefined when not persistent. */
  readonly persistent?: number
  readonly flags: readonly string[]
  readonly servers: readonly IpvsServer[]
  readonly at: Cite
}

export interface IpvsServer {
  readonly ip: string
  readonly port: number
  readonly forward: 'Route' | 'Tunnel' | 'Masq' | 'Local' | 'Bypass'
  readonly weight: number
  readonly active?: number
  readonly inactive?: number
  readonly at: Cite
}

export interface IpvsStats {
  readonly services: readonly {
    readonly vip?: string
    readonly port?: number
    readonly protocol?: Protocol
    readonly fwmark?: number
    readonly totals: IpvsCounters
    readonly servers: readonly {
      readonly ip: string
      readonly port: number
      readonly totals: IpvsCounters
      readonly at: Cite
    }[]
    readonly at: Cite
  }[]
}

export interface IpvsCounters {
  readonly conns: number
  readonly inPkts: number
  readonly outPkts: number
  readonly inBytes: number
  readonly outBytes: number
}

export interface IpvsConns {
  readonly conns: readonly IpvsConn[]
}

export interface IpvsConn {
  readonly protocol: string
  /** SYN_RECV, ESTABLISHED, …; NONE/ASSURED for a persistence template. */
  readonly state: string
  readonly client: Endpoint
  readonly virtual: Endpoint
  readonly server: Endpoint
  readonly at: Cite
}

export interface Endpoint {
  readonly ip: string
  readonly port: number
}

// --- keepalived ----------------------------------------------------------------------------------

/** Tree of a keepalived.conf plus what the blocks mean. Every node keeps its line. */
export interface KeepalivedConf {
  readonly root: readonly ConfNode[]
  readonly problems: readonly ConfProblem[]
  readonly globals: {
    readonly routerId?: ConfWord
    readonly strict?: Cite
    readonly vrrpVersion?: { readonly value: number; readonly at: Cite }
    readonly dynamicInterfaces?: Cite
    readonly scriptSecurity?: Cite
  }
  readonly instances: readonly VrrpInstance[]
  readonly scripts: readonly VrrpScript[]
  readonly syncGroups: readonly SyncGroup[]
  readonly virtualServers: readonly VirtualServer[]
  /** Every `include` line; those whose file was not given are in `unresolved` too. */
  readonly includes: readonly ConfWord[]
  readonly unresolved?: readonly ConfWord[]
}

export interface ConfWord {
  readonly value: string
  readonly at: Cite
}

export interface ConfNode {
  readonly keyword: string
  readonly args: readonly string[]
  /** undefined: no block. */
  readonly children?: readonly ConfNode[]
  readonly at: Cite
  /** Line of the closing brace. */
  readonly end?: Cite
  /** 1-based column of the keyword. */
  readonly column: number
  /** `@id` or `@^id` line, where the evidence does not tell whether this host's configuration id is meant. */
  readonly only?: string
}

export interface ConfProblem {
  readonly kind:
    | 'unknown-keyword'
    | 'unexpected-brace'
    | 'extra-closing-brace'
    | 'missing-closing-brace'
    /** Before this word the `{` of the block is wanted; keepalived reads on as if it had been there. */
    | 'missing-opening-brace'
    | 'obsolete-keyword'
    /** Still read, with a complaint; `didYouMean` is what replaced it. */
    | 'deprecated-keyword'
    /** Some releases lack the keyword: see `since` and `until`. An error only where the release is known. */
    | 'version-dependent'
    | 'missing-argument'
    | 'invalid-value'
    | 'out-of-range'
    | 'too-long'
    /** A second block of that name, which keepalived skips. */
    | 'duplicate-name'
    /** May stand once; this one is ignored. */
    | 'repeated'
    /** A script, process, file, group or instance that no block before this line defines. */
    | 'undefined-reference'
    /** The block lacks what it cannot be without; `at` runs from its head to its end. */
    | 'incomplete-block'
    | 'unterminated-quote'
    /** Beyond the 1023 bytes that one line may have. */
    | 'line-too-long'
  /** The keyword, or the brace. */
  readonly word: string
  /** 1-based column of the word or value that is wrong. */
  readonly column?: number
  /** What is wrong with the keyword's arguments, as written. */
  readonly value?: string
  /** What would be right: `1 to 255`, `MASTER or BACKUP`; of an undefined name, the block that would define it. */
  readonly range?: string
  /** First release that knows the keyword, and the last. */
  readonly since?: string
  readonly until?: string
  /** keepalived does not start with it: it reads no further. */
  readonly fatal?: true
  /** Blocks that do know the keyword. */
  readonly belongs?: readonly string[]
  readonly at: Cite
  /** Closest known keyword at this place. */
  readonly didYouMean?: string
  /** Block path it stands in, outermost first: `['vrrp_instance VI_1']`. */
  readonly within: readonly string[]
  /** Lines after it that keepalived passes over too, because it has lost its way. */
  readonly loses?: readonly Cite[]
}

export interface VrrpInstance {
  readonly name: string
  readonly at: Cite
  readonly state?: ConfWord
  readonly interface?: ConfWord
  readonly vrid?: ConfNumber
  readonly priority?: ConfNumber
  /** Seconds. */
  readonly advertInt?: ConfNumber
  readonly version?: ConfNumber
  readonly authType?: ConfWord
  /** Masked: see `Secret`. */
  readonly authPass?: Secret
  readonly vips: readonly ConfVip[]
  readonly excludedVips: readonly ConfVip[]
  /** The `virtual_ipaddress` block, even when it holds nothing usable. */
  readonly vipBlock?: Cite
  readonly noVip?: Cite
  readonly unicastSrc?: ConfWord
  readonly unicastPeers: readonly ConfWord[]
  readonly unicastPeerBlock?: Cite
  readonly nopreempt?: Cite
  readonly strict?: boolean
  readonly accept?: boolean
  readonly useVmac?: Cite
  readonly trackScripts: readonly { readonly name: string; readonly weight?: number; readonly at: Cite }[]
  readonly trackInterfaces: readonly { readonly name: string; readonly weight?: number; readonly at: Cite }[]
  readonly lvsSync: boolean
}

export interface ConfNumber {
  readonly value: number
  readonly at: Cite
}

export interface ConfVip {
  readonly ip: string
  /** As written; undefined means keepalived uses /32 (IPv4). */
  readonly prefix?: number
  readonly dev?: string
  readonly at: Cite
}

/** A secret never leaves the reader in clear: only its length and tokens of sameness within one case. */
export interface Secret {
  /** Equal tokens: the first eight bytes are equal (all that keepalived uses). */
  readonly same: string
  readonly length: number
  readonly at: Cite
}

export interface VrrpScript {
  readonly name: string
  readonly script?: ConfWord
  readonly weight?: ConfNumber
  readonly interval?: ConfNumber
  readonly timeout?: ConfNumber
  readonly at: Cite
}

export interface SyncGroup {
  readonly name: string
  readonly members: readonly ConfWord[]
  readonly at: Cite
}

export interface VirtualServer {
  /** undefined for fwmark and group services. */
  readonly vip?: string
  readonly port?: number
  readonly fwmark?: number
  readonly group?: string
  readonly protocol: Protocol
  readonly lbKind?: ConfWord
  readonly lbAlgo?: ConfWord
  readonly persistence?: ConfNumber
  readonly realServers: readonly ConfRealServer[]
  readonly at: Cite
}

export interface ConfRealServer {
  readonly ip: string
  readonly port: number
  readonly weight?: number
  /** lvs_method of its own, where it overrides lb_kind. */
  readonly method?: string
  readonly checks: readonly { readonly kind: string; readonly port?: number; readonly at: Cite }[]
  readonly at: Cite
}

export interface KeepalivedLog {
  readonly entries: readonly LogEntry[]
}

export interface LogEntry {
  /** As printed. */
  readonly time?: string
  readonly host?: string
  readonly process?: string
  readonly pid?: number
  readonly text: string
  /** Ends in `...x`: systemctl cut it. */
  readonly ellipsized: boolean
  readonly event?: LogEvent
  readonly at: Cite
}

/** What a log line says, in the words of no particular version. */
export type LogEvent =
  | { readonly kind: 'state'; readonly instance: string; readonly state: 'MASTER' | 'BACKUP' | 'FAULT' }
  | { readonly kind: 'advert-timeout'; readonly instance: string }
  | {
      readonly kind: 'lower-priority-advert'
      readonly instance: string
      readonly from?: string
      readonly priority?: number
    }
  | {
      readonly kind: 'higher-priority-advert'
      readonly instance: string
      readonly from?: string
      readonly priority?: number
    }
  | { readonly kind: 'send-failed'; readonly instance?: string; readonly reason: string }
  | { readonly kind: 'auth-refused'; readonly instance?: string; readonly reason: string }
  | {
      readonly kind: 'version-refused' | 'interval-refused' | 'vips-refused'
      readonly instance?: string
      readonly reason: string
    }
  | { readonly kind: 'conf-skipped'; readonly path: string }
  | { readonly kind: 'conf-missing'; readonly path: string }
  | { readonly kind: 'unknown-keyword'; readonly word: string; readonly path?: string; readonly line?: number }
  | { readonly kind: 'no-vip'; readonly instance?: string }
  | { readonly kind: 'interface-missing'; readonly interface: string; readonly instance?: string }
  | { readonly kind: 'auth-truncated'; readonly instance?: string }
  | { readonly kind: 'garp'; readonly interface?: string; readonly ip?: string }
  | { readonly kind: 'check-failed' | 'check-succeeded'; readonly server?: Endpoint; readonly reason: string }
  | { readonly kind: 'server-removed' | 'server-added'; readonly server?: Endpoint; readonly service?: Endpoint }
  | { readonly kind: 'port-reset'; readonly reason: string }
  | { readonly kind: 'started' | 'stopped'; readonly version?: string }
  | { readonly kind: 'stop-signal'; readonly instance?: string }
  | { readonly kind: 'error'; readonly reason: string }

// --- files, services, processes ------------------------------------------------------------------

export interface FileListing {
  readonly entries: readonly FileEntry[]
  /** Folders whose content is listed: only there does a file that is not named not exist. */
  readonly folders?: readonly { readonly path: string; readonly at: Cite }[]
  /** Asked for by name, and not there (`No such file or directory`). A pattern that fits nothing is one too. */
  readonly absent?: readonly { readonly path: string; readonly at: Cite }[]
}

export interface FileEntry {
  /** Absolute where the command tells the folder. */
  readonly path: string
  readonly type: 'file' | 'directory' | 'link' | 'other'
  /** Permission bits, e.g. 0o755. */
  readonly mode: number
  readonly owner?: string
  readonly group?: string
  readonly size?: number
  readonly target?: string
  /** SELinux context (`system_u:object_r:etc_t:s0`), and the line that shows it. */
  readonly context?: ConfWord
  readonly at: Cite
}

export interface Units {
  readonly units: readonly Unit[]
}

export interface Unit {
  /** Without `.service`. */
  readonly name: string
  readonly loaded?: string
  /** enabled, disabled, static, masked, generated … */
  readonly enabled?: string
  readonly enabledAt?: Cite
  /** active, inactive, failed, activating … */
  readonly active?: string
  /** running, dead, exited … */
  readonly sub?: string
  readonly result?: string
  readonly activeAt?: Cite
  readonly at: Cite
}

export interface Processes {
  readonly processes: readonly {
    readonly pid: number
    /** Where the listing has the column. */
    readonly ppid?: number
    readonly command: string
    readonly at: Cite
  }[]
}

export interface Sockets {
  readonly listening: readonly {
    readonly protocol: 'tcp' | 'udp'
    /** `*`, `0.0.0.0`, `::` or an address. */
    readonly ip: string
    readonly port: number
    readonly process?: string
    readonly at: Cite
  }[]
}

/** nstat / netstat -s counters, by their kernel names (`TcpExtIPReversePathFilter`). */
export interface Counters {
  readonly counters: ReadonlyMap<string, { readonly value: number; readonly at: Cite }>
}

/** Commands somebody typed, proposed, or wrote into a script, in order. */
export interface Commands {
  readonly commands: readonly TypedCommand[]
}

export interface TypedCommand {
  readonly text: string
  readonly words: readonly string[]
  /** `prompt`: run on the host. `loose`: stands in the text without a prompt. `script`: inside a listed script. */
  readonly how: 'prompt' | 'loose' | 'script'
  /** What it would change, undefined for a command that only looks. */
  readonly changes?: ChangeKind
  readonly at: Cite
  readonly order: number
}

export type ChangeKind =
  | 'addresses'
  | 'routes'
  | 'firewall'
  | 'sysctl'
  | 'neighbours'
  | 'service'
  | 'ipvs'
  | 'files'
  | 'modules'
  | 'unknown'

// --- packets -------------------------------------------------------------------------------------

export interface Capture {
  readonly packets: readonly Packet[]
  /** As typed, where known. */
  readonly command?: string
  readonly interface?: string
  /** Filter expression of the command, as typed; '' where it had none, undefined where the command is not known. */
  readonly filter?: string
  readonly linkType?: string
  /** From the statistics at the end. */
  readonly captured?: number
  readonly droppedByKernel?: number
  /** Times of the first and the last packet, where not every packet is in the list. */
  readonly span?: { readonly from: number; readonly to: number }
  /** What could not be read of a capture file, in words. */
  readonly lost?: readonly string[]
  /** Counts over all packets, where not every packet is in the list. */
  readonly asked?: readonly AskedServer[]
}

/** How often clients opened a connection to a server, each attempt once. */
export interface AskedServer {
  readonly at: Cite
  readonly ip: string
  readonly port: number
  readonly attempts: number
  readonly answered: number
  /** By a reset. */
  readonly refused: number
}

export interface PacketBase {
  readonly at: Cite
  /** Seconds since midnight or epoch, as the capture prints it; undefined for `-t`. Comparable within one capture. */
  readonly time?: number
  readonly interface?: string
  /** In, Out, B, M, P of cooked captures. */
  readonly direction?: 'in' | 'out' | 'broadcast' | 'multicast' | 'other'
  readonly srcMac?: string
  readonly dstMac?: string
  readonly vlan?: number
  /** `ethertype IPv4, IP …` of cooked captures: came in tagged. */
  readonly tagged: boolean
  /** Outer addresses of an IPIP packet whose inside this is. */
  readonly outer?: { readonly src: string; readonly dst: string }
  readonly ttl?: number
  readonly ipId?: number
  /** The same was said again, so often and until then, without a gap worth a line. */
  readonly again?: { readonly count: number; readonly until: number }
}

export type Packet = ArpPacket | TcpPacket | VrrpPacket | IcmpPacket | OtherPacket

export interface ArpPacket extends PacketBase {
  readonly kind: 'arp'
  readonly op: 'request' | 'reply'
  /** request: who-has target tell sender. reply: sender is-at mac. */
  readonly sender: string
  readonly target?: string
  readonly mac?: string
}

export interface TcpPacket extends PacketBase {
  readonly kind: 'tcp'
  readonly src: string
  readonly sport: number | string
  readonly dst: string
  readonly dport: number | string
  /** `S`, `S.`, `.`, `P.`, `F.`, `R`, `R.` as tcpdump prints them. */
  readonly flags: string
  readonly seq?: number
  readonly ack?: number
  readonly tsval?: number
  readonly length?: number
}

export interface VrrpPacket extends PacketBase {
  readonly kind: 'vrrp'
  readonly src: string
  readonly dst: string
  readonly version: 2 | 3
  readonly vrid: number
  readonly priority: number
  readonly authType?: string
  /** Token of sameness, as in `Secret.same`. */
  readonly auth?: string
  /** Seconds. */
  readonly interval?: number
  readonly vips?: readonly string[]
}

export interface IcmpPacket extends PacketBase {
  readonly kind: 'icmp'
  readonly src: string
  readonly dst: string
  /** As printed: `host 10.0.0.1 unreachable - admin prohibited`. */
  readonly text: string
  /** The packet an error is about, where `-v` prints it. */
  readonly quoted?: {
    readonly src: string
    readonly sport?: number | string
    readonly dst: string
    readonly dport?: number | string
  }
}

export interface OtherPacket extends PacketBase {
  readonly kind: 'other'
  readonly src?: string
  readonly dst?: string
  readonly text: string
}
