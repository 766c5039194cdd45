/** Commands typed after a look at a director that may have moved a VIP since. */
import type { Case, StateChange } from '../model/case.ts'
import type { HostId, Known } from '../model/evidence.ts'

/** What moves a VIP: VRRP daemons and cluster managers, and whatever ends them. */
const MOVES = /keepalived|heartbeat|corosync|pacemaker|\bpcs\b|ucarp|\b(?:reboot|kill|pkill|killall)\b/i

/** The first such command on this host; one that plainly changes addresses (`ip addr add`) has outdated the look already. */
export function mayHaveMoved(kase: Case, host: HostId, { moment }: Known<unknown>): StateChange | undefined {
  return kase.changes.find(
    (change) =>
      change.host === host &&
      change.moment.source === moment.source &&
      change.moment.order > moment.order &&
      (change.kind === 'service' || change.kind === 'unknown') &&
      MOVES.test(change.text),
  )
}
