/** Every format we read, and the fact it feeds. */
import type { Parser } from '../model/evidence.ts'
import type { FactName } from '../model/facts.ts'
import { arptables } from './arptables.ts'
import { avc } from './avc.ts'
import { date, hostname, hostnamectl, machineId, osRelease, uname } from './identity.ts'
import { ipAddr, ipLink } from './ip-addr.ts'
import { ipRoute } from './ip-route.ts'
import { ipRule } from './ip-rule.ts'
import { iptablesSave } from './iptables.ts'
import { iptablesList } from './iptables-list.ts'
import { ipvsadm } from './ipvsadm.ts'
import { ipvsadmConn } from './ipvsadm-conn.ts'
import { ipvsadmSave } from './ipvsadm-save.ts'
import { ipvsadmStats } from './ipvsadm-stats.ts'
import { keepalivedConf } from './keepalived-conf.ts'
import { keepalivedLog } from './keepalived-log.ts'
import { ls } from './ls.ts'
import { arpTable, ipNeigh } from './neighbours.ts'
import { nft } from './nft.ts'
import { nstat } from './nstat.ts'
import { detectVirt, selinux } from './platform.ts'
import { ps } from './ps.ts'
import { routeTable } from './route.ts'
import { sockets } from './sockets.ts'
import { stat } from './stat.ts'
import { sysctl, sysctlConf } from './sysctl.ts'
import { systemctlIsEnabled, systemctlStatus } from './systemctl.ts'
import { tcpdump } from './tcpdump.ts'

const LIST: readonly Parser<unknown>[] = [
  arpTable,
  arptables,
  avc,
  date,
  detectVirt,
  hostname,
  hostnamectl,
  ipAddr,
  ipLink,
  ipNeigh,
  ipRoute,
  ipRule,
  iptablesList,
  iptablesSave,
  ipvsadm,
  ipvsadmConn,
  ipvsadmSave,
  ipvsadmStats,
  keepalivedConf,
  keepalivedLog,
  ls,
  machineId,
  nft,
  nstat,
  osRelease,
  ps,
  routeTable,
  selinux,
  sockets,
  stat,
  sysctl,
  sysctlConf,
  systemctlIsEnabled,
  systemctlStatus,
  tcpdump,
  uname,
]

export const PARSERS: ReadonlyMap<string, Parser<unknown>> = new Map(LIST.map((parser) => [parser.format, parser]))

export interface Supply {
  readonly format: string
  readonly fact: FactName
  /**
   * Several sections for one fact: `latest` look counts, `by-key` later entries replace earlier ones of the same key,
   * `append` all of them count in order.
   */
  readonly merge: 'latest' | 'by-key' | 'append'
  /** Shows less than another format of the same fact: completes a look by that one, never replaces it. */
  readonly fills?: true
}

/** Which fact a format feeds. */
export const SUPPLIES: readonly Supply[] = [
  { format: 'ip-addr', fact: 'links', merge: 'latest' },
  { format: 'ip-link', fact: 'links', merge: 'latest', fills: true },
  { format: 'ip-route', fact: 'routes', merge: 'latest' },
  { format: 'route', fact: 'routes', merge: 'latest', fills: true },
  { format: 'ip-rule', fact: 'policyRules', merge: 'latest' },
  { format: 'ip-neigh', fact: 'neighbours', merge: 'latest' },
  { format: 'arp', fact: 'neighbours', merge: 'latest' },
  { format: 'sysctl', fact: 'sysctl', merge: 'by-key' },
  { format: 'sysctl-conf', fact: 'sysctlConf', merge: 'by-key' },
  { format: 'iptables-save', fact: 'firewall', merge: 'latest' },
  { format: 'iptables-list', fact: 'firewall', merge: 'latest', fills: true },
  { format: 'nft', fact: 'nft', merge: 'latest' },
  { format: 'arptables', fact: 'arptables', merge: 'latest' },
  { format: 'ipvsadm', fact: 'ipvs', merge: 'latest' },
  { format: 'ipvsadm-save', fact: 'ipvs', merge: 'latest', fills: true },
  { format: 'ipvsadm-stats', fact: 'ipvsStats', merge: 'latest' },
  { format: 'ipvsadm-conn', fact: 'ipvsConns', merge: 'latest' },
  { format: 'keepalived-conf', fact: 'keepalived', merge: 'latest' },
  { format: 'ls', fact: 'files', merge: 'by-key' },
  { format: 'stat', fact: 'files', merge: 'by-key' },
  { format: 'systemctl-status', fact: 'units', merge: 'by-key' },
  { format: 'systemctl-is-enabled', fact: 'units', merge: 'by-key' },
  { format: 'keepalived-log', fact: 'log', merge: 'append' },
  { format: 'tcpdump', fact: 'capture', merge: 'latest' },
  { format: 'ps', fact: 'processes', merge: 'latest' },
  { format: 'ss', fact: 'sockets', merge: 'latest' },
  { format: 'nstat', fact: 'counters', merge: 'latest' },
  { format: 'hostname', fact: 'identity', merge: 'by-key' },
  { format: 'date', fact: 'identity', merge: 'by-key' },
  { format: 'uname', fact: 'identity', merge: 'by-key' },
  { format: 'hostnamectl', fact: 'identity', merge: 'by-key' },
  { format: 'os-release', fact: 'identity', merge: 'by-key' },
  { format: 'machine-id', fact: 'identity', merge: 'by-key' },
  { format: 'selinux', fact: 'identity', merge: 'by-key' },
  { format: 'detect-virt', fact: 'identity', merge: 'by-key' },
  { format: 'avc', fact: 'audit', merge: 'latest' },
]
