/** What kind of rejection a problem of a keepalived.conf is, and how bad. */
import type { Severity } from '../model/check.ts'
import type { ConfProblem } from '../model/facts.ts'

const KINDS = {
  'invalid-value': 'value',
  'out-of-range': 'value',
  'too-long': 'value',
  'missing-argument': 'missing',
  repeated: 'repeated',
  'incomplete-block': 'incomplete',
  'unterminated-quote': 'quote',
  'line-too-long': 'long-line',
} as const satisfies Partial<Record<ConfProblem['kind'], string>>

export interface Rejection {
  readonly kind: (typeof KINDS)[keyof typeof KINDS] | 'as-meant' | 'empty' | 'helps-itself'
  readonly severity: Severity
}

/** Undefined where keepalived takes nothing away, or where another finding tells it. */
export function rejectionOf({ kind, word, value, range }: ConfProblem): Rejection | undefined {
  if (!(kind in KINDS) || isToldElsewhere(kind, word, value)) return undefined
  if (kind === 'incomplete-block') {
    // An empty list of recipients is one: nobody gets mail, as before.
    if (word === 'notification_email') return { kind: 'empty', severity: 'note' }
    // Of these keepalived sets what is missing itself, and keeps the block.
    if (word === 'vrrp_instance' || (word === 'UDP_CHECK' && range !== 'bind_if'))
      return { kind: 'helps-itself', severity: 'warning' }
  }
  // Out of the range, and what holds without the line.
  if (value === '0' && /^(?:vrrp_)?g(?:arp|na)_interval$/.test(word)) return { kind: 'as-meant', severity: 'note' }
  return { kind: KINDS[kind as keyof typeof KINDS], severity: 'critical' }
}

/** auth-pass-too-long, and `persistence_timeout 0` of deprecated-check-keywords: keepalived does what was meant. */
function isToldElsewhere(kind: ConfProblem['kind'], word: string, value: string | undefined): boolean {
  return (kind === 'too-long' && word === 'auth_pass') || (word === 'persistence_timeout' && value === '0')
}
