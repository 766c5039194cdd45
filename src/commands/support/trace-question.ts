/** What the flags of `trace` ask, judged before anything is read. */

import type { CtState, FilterPacket } from '../../kernel/filter.ts'
import { isIpv4 } from '../../lib/ip.ts'
import { EXIT, UserError } from '../../model/errors.ts'
import type { HookQuestion } from '../../trace/hook.ts'
import type { TraceFlags } from './trace-flags.ts'
import { choice } from './values.ts'

export type Question = HookQuestion

const HOOKS = ['input', 'output', 'forward'] as const
const STATES = ['new', 'established', 'related', 'invalid', 'untracked'] as const
/** As people call them; `ipip` is what LVS tunnels send (protocol 4), not the 94 that /etc/protocols calls so. */
const PROTOCOLS: Readonly<Record<string, number>> = { vrrp: 112, tcp: 6, udp: 17, icmp: 1, ipip: 4 }

/** @throws UserError (64) for a wrong or missing flag */
export function questionOf(flags: TraceFlags): Question {
  const hook = choice('hook', flags.hook, HOOKS)
  if (hook === undefined) throw new UserError('trace needs --hook', EXIT.usage, ['lvsdoctor trace --help'])
  const on = flags.on === undefined ? {} : { host: flags.on }
  return { hook, packet: packetOf(flags), all: flags.verbose, ...on }
}

function packetOf(flags: TraceFlags): FilterPacket {
  const { proto, src, dst } = flags
  if (proto === undefined) throw new UserError('--hook needs --proto', EXIT.usage)
  const ctstate = choice('ctstate', flags.ctstate?.toLowerCase(), STATES)?.toUpperCase() as CtState | undefined
  const sport = numberOf('sport', flags.sport, 65535)
  const dport = numberOf('dport', flags.dport, 65535)
  const icmpType = numberOf('icmp-type', flags['icmp-type'], 255)
  return {
    protocol: PROTOCOLS[proto.toLowerCase()] ?? numberOf('proto', proto, 255) ?? 0,
    ...(src === undefined ? {} : { src: addressOf('src', src) }),
    ...(dst === undefined ? {} : { dst: addressOf('dst', dst) }),
    ...(flags.in === undefined ? {} : { in: flags.in }),
    ...(flags.out === undefined ? {} : { out: flags.out }),
    ...(sport === undefined ? {} : { sport }),
    ...(dport === undefined ? {} : { dport }),
    ...(ctstate === undefined ? {} : { ctstate }),
    ...(icmpType === undefined ? {} : { icmpType }),
  }
}

export function addressOf(flag: string, value: string): string {
  if (!isIpv4(value)) throw new UserError(`--${flag} ${value || "''"}: takes an IPv4 address`, EXIT.usage)
  return value
}

function numberOf(flag: string, value: string | undefined, most: number): number | undefined {
  if (value === undefined) return undefined
  if (/^\d{1,5}$/.test(value) && Number(value) <= most) return Number(value)
  const takes = flag === 'proto' ? `${Object.keys(PROTOCOLS).join(', ')} or a number` : 'a number'
  throw new UserError(`--${flag} ${value || "''"}: takes ${takes}, 0 to ${most}`, EXIT.usage)
}
