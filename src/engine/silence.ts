/** Outputs that say something by being empty, and tools that were not run because there is nothing to show. */
import type { Section } from '../model/evidence.ts'
import type {
  ArpTables,
  AuditLog,
  Firewall,
  Ipvs,
  IpvsConns,
  IpvsStats,
  Neighbours,
  NftRuleset,
} from '../model/facts.ts'

const NO_RULES: Firewall = { backend: 'unknown', tables: [], allTables: true }
const NO_NFT: NftRuleset = { tables: [] }
const NO_ARP_RULES: ArpTables = { chains: [] }
const NO_SERVICES: Ipvs = { services: [] }
const NO_STATS: IpvsStats = { services: [] }
const NO_CONNS: IpvsConns = { conns: [] }
const NO_NEIGHBOURS: Neighbours = { entries: [] }
const NO_DENIALS: AuditLog = { denials: [] }

/** The kernel module is not loaded: nothing is filtered, balanced or translated by it. The collector checks before it asks. */
const NOT_LOADED: Readonly<Record<string, unknown>> = {
  'iptables-save': NO_RULES,
  nft: NO_NFT,
  arptables: NO_ARP_RULES,
  ipvsadm: NO_SERVICES,
  'ipvsadm-save': NO_SERVICES,
  'ipvsadm-stats': NO_STATS,
  'ipvsadm-conn': NO_CONNS,
}

/** Commands that print nothing when there is nothing: only believed where the collector vouches for exit 0. */
const QUIET: Readonly<Record<string, unknown>> = {
  'iptables-save': NO_RULES,
  nft: NO_NFT,
  'ip-neigh': NO_NEIGHBOURS,
  'ipvsadm-save': NO_SERVICES,
  avc: NO_DENIALS,
}

const TYPED = /^(?:sudo\s+)?(?:\S*\/)?(?:nft\s+list\s+ruleset|iptables-save(?:\s+-c)?)\s*$/

/** The exit code that the transcript reader gives a probe that was skipped because its module is not loaded. */
const SKIPPED_NOT_LOADED = 125

/** What an empty section means; undefined: nothing. */
export function meaningOfSilence(section: Section): unknown {
  const { shape, exit, whole } = section
  if (shape === undefined || section.lines.some((line) => line.trim() !== '')) return undefined
  if (exit === SKIPPED_NOT_LOADED) return NOT_LOADED[shape]
  if (section.probe !== undefined) return exit === 0 && whole ? QUIET[shape] : undefined
  // Typed by hand, the next prompt in sight: both are silent on a host without rules, and complain where they may not look.
  return whole && TYPED.test(section.command) ? QUIET[shape] : undefined
}
