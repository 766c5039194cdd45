/** A director that is a real server too: does it balance once more what another director sends it? */
import type { HostFacts } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'
import { runStages, STAGES } from './filter/stages.ts'
import { sysctlNumber } from './sysctl.ts'

export interface SentPacket {
  readonly mode: 'DR' | 'TUN'
  /** Of a firewall-mark service. */
  readonly fwmark?: number
  /** MACs the sending director may use. */
  readonly macs: readonly string[]
}

export type Again =
  | { readonly is: 'yes'; readonly cites: readonly Cite[] }
  | { readonly is: 'no'; readonly cites: readonly Cite[] }
  | { readonly is: 'unknown'; readonly what: string; readonly ask: readonly string[] }

const TCP = 6
const BACKUP_THREAD = /ipvs-b:|ipvs[-_ ](?:sync)?backup/
const KERNEL_THREAD = /^\[?kthreadd\]?$/
const STARTS_BACKUP = /\bipvsadm\b.*--start-daemon[ =]backup/

/**
 * What keeps IPVS from handling the packet of another director:
 * `ignore_tunneled` for what came in by IPIP (ip_vs_in); a mark that the packet of the other director does not get;
 * on a backup alone, `backup_only` with a backup sync daemon (sysctl_backup_only: `sync_state & IP_VS_STATE_BACKUP && value`).
 */
export function balancesAgain(facts: HostFacts, packet: SentPacket, as: 'master' | 'backup'): Again {
  const shields = [
    ...(packet.mode === 'TUN' ? [ignoresTunneled(facts)] : []),
    ...(packet.fwmark === undefined ? [] : [isUnmarked(facts, packet.fwmark, packet)]),
    ...(as === 'backup' ? [standsAside(facts)] : []),
  ]
  const cites = shields.flatMap((shield) => (shield.is === 'yes' ? shield.cites : []))
  return (
    shields.find((shield) => shield.is === 'no') ??
    shields.find((shield) => shield.is === 'unknown') ?? { is: 'yes', cites }
  )
}

function ignoresTunneled({ sysctl }: HostFacts): Again {
  const key = 'net.ipv4.vs.ignore_tunneled'
  const set = sysctl.state === 'known' ? sysctlNumber(sysctl.value, key) : undefined
  if (set === undefined) return { is: 'unknown', what: `${key} was not read`, ask: [`sysctl ${key}`] }
  return set.value === 0 ? { is: 'yes', cites: [set.at] } : { is: 'no', cites: [set.at] }
}

/** The marks of table mangle, for packets with the sender's MAC and for those of everybody. */
function isUnmarked({ firewall }: HostFacts, mark: number, { mode, macs }: SentPacket): Again {
  const doubt: Again = {
    is: 'unknown',
    what: `the rules do not tell which packets get mark ${mark}`,
    ask: ['iptables-save'],
  }
  if (firewall.state !== 'known' || macs.length === 0) return doubt
  const marksOf = (more: { srcMac?: string }): readonly (number | undefined)[] => {
    const packet = { protocol: TCP, ctstate: 'NEW', mark: 0, notIn: ['lo'], ...more } as const
    const run = runStages(firewall.value, firewall, packet, STAGES.prerouting)
    const listed = run.listed.some(([table]) => table === 'mangle')
    return listed ? [...run.passing.values()].map((state) => state.mark) : [undefined]
  }
  const anybody = marksOf({})
  const sender = macs.flatMap((srcMac) => marksOf({ srcMac }))
  // Marks that no rule here sets come from elsewhere, an nft chain perhaps.
  if (anybody.includes(undefined) || sender.includes(undefined) || !anybody.includes(mark)) return doubt
  const by = firewall.value.tables.find(({ name }) => name === 'mangle')
  if (!sender.includes(mark)) return { is: 'no', cites: [by?.at ?? firewall.from[0]] }
  // `-m mac` never matches on tunl0, negated or not: it is no Ethernet interface (xt_mac).
  return mode === 'TUN' ? doubt : { is: 'yes', cites: [by?.at ?? firewall.from[0]] }
}

function standsAside(facts: HostFacts): Again {
  const key = 'net.ipv4.vs.backup_only'
  const set = facts.sysctl.state === 'known' ? sysctlNumber(facts.sysctl.value, key) : undefined
  if (set?.value === 0) return { is: 'yes', cites: [set.at] }
  const daemon = backupDaemon(facts)
  if (daemon === 'none') return { is: 'yes', cites: set === undefined ? [] : [set.at] }
  if (set === undefined) return { is: 'unknown', what: `${key} was not read`, ask: [`sysctl ${key}`] }
  if (daemon === 'unknown')
    return {
      is: 'unknown',
      what: 'whether a backup sync daemon runs was not seen',
      ask: ['ipvsadm -l --daemon', 'ps axww'],
    }
  return { is: 'no', cites: [set.at, daemon] }
}

/** The line that shows it or asks for it. `none` needs a list of processes with kernel threads: containers hide them. */
function backupDaemon({ processes, keepalived, commands }: HostFacts): Cite | 'none' | 'unknown' {
  const listed = processes.state === 'known' ? processes.value.processes : []
  const typed = commands.state === 'known' ? commands.value.commands : []
  const instances = keepalived.state === 'known' ? keepalived.value.instances : []
  const shown =
    listed.find(({ command }) => BACKUP_THREAD.test(command)) ??
    instances.find(({ lvsSync }) => lvsSync) ??
    typed.find(({ text, how }) => how === 'prompt' && STARTS_BACKUP.test(text))
  if (shown !== undefined) return shown.at
  const complete = processes.state === 'known' && processes.whole
  return complete && listed.some(({ command }) => KERNEL_THREAD.test(command)) ? 'none' : 'unknown'
}

export interface Balancer {
  readonly facts: HostFacts
  /** What the other director sends it. */
  readonly gets: SentPacket
}

export interface PingPong {
  readonly when: 'now' | 'after-failover' | 'never' | 'unknown'
  /** Values that settle it. */
  readonly cites: readonly Cite[]
  /** With `unknown`: what would settle it. */
  readonly doubt?: { readonly what: string; readonly ask: readonly string[] }
}

/**
 * When does a packet circle between two directors that have each other as server? When both balance it again.
 * `sure`: `one` is known to be the master now; otherwise it may be either.
 */
export function pingPong(one: Balancer, other: Balancer, sure: boolean): PingPong {
  const now = circles(other, one)
  const later = circles(one, other)
  const present = sure ? [now] : [now, later]
  const yes = present.find(({ is }) => is === 'yes')
  if (yes?.is === 'yes') return { when: 'now', cites: yes.cites }
  const doubt = present.find(({ is }) => is === 'unknown') ?? later
  if (doubt.is === 'unknown') return { when: 'unknown', cites: [], doubt }
  if (later.is === 'yes') return { when: 'after-failover', cites: later.cites }
  return { when: 'never', cites: now.is === 'no' ? now.cites : [] }
}

function circles(backup: Balancer, master: Balancer): Again {
  const again = [balancesAgain(backup.facts, backup.gets, 'backup'), balancesAgain(master.facts, master.gets, 'master')]
  const cites = again.flatMap((answer) => (answer.is === 'yes' ? answer.cites : []))
  return again.find(({ is }) => is === 'no') ?? again.find(({ is }) => is === 'unknown') ?? { is: 'yes', cites }
}
