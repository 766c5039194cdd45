/** What the flags of `trace` ask, judged before anything is read. */

import type { CtState, FilterPacket } from '../../kernel/filter.ts'
import { isIpv4 } from '../../lib/ip.ts'
import { EXIT, UserError } from '../../model/errors.ts'
import type { ArpQuestion } from '../../trace/asking.ts'
import type { HealthQuestion } from '../../trace/health-check.ts'
import type { HookQuestion } from '../../trace/hook.ts'
import type { PathQuestion } from '../../trace/path.ts'
import type { TraceFlags } from './trace-flags.ts'
import { choice, vips } from './values.ts'

export type Question =
  | ({ readonly is: 'hook' } & HookQuestion)
  | ({ readonly is: 'path' } & PathQuestion)
  | { readonly is: 'vrrp' }
  | ({ readonly is: 'arp' } & ArpQuestion)
  | ({ readonly is: 'health-check' } & HealthQuestion)

const HOOKS = ['input', 'output', 'forward'] as const
const STATES = ['new', 'established', 'related', 'invalid', 'untracked'] as const
/** As people call them; `ipip` is what LVS tunnels send (protocol 4), not the 94 that /etc/protocols calls so. */
const PROTOCOLS: Readonly<Record<string, number>> = { vrrp: 112, tcp: 6, udp: 17, icmp: 1, ipip: 4 }

/** @throws UserError (64) for a wrong or missing flag */
export function questionOf(flags: TraceFlags): Question {
  const hook = choice('hook', flags.hook, HOOKS)
  const asked = [
    hook && '--hook',
    flags.vrrp && '--vrrp',
    flags.arp && '--arp',
    flags['health-check'] && '--health-check',
  ]
  const forms = asked.filter((form) => typeof form === 'string')
  if (forms.length > 1) throw new UserError(`${forms.join(' and ')} are two questions`, EXIT.usage)
  if (hook !== undefined) {
    if (flags.client !== undefined || flags.vip !== undefined)
      throw new UserError('--hook asks one host: its packet is told by --src and --dst', EXIT.usage)
    const on = flags.on === undefined ? {} : { host: flags.on }
    return { is: 'hook', hook, packet: packetOf(flags), all: flags.verbose, ...on }
  }
  const stray = HOOK_ONLY.find((name) => flags[name] !== undefined)
  if (stray !== undefined) throw new UserError(`--${stray} goes with --hook`, EXIT.usage)
  if (flags.vrrp) return { is: 'vrrp' }
  const [ip, port] = flags.vip === undefined ? [] : (vips([flags.vip])[0] ?? '').split(':')
  const client = flags.client === undefined ? undefined : addressOf('client', flags.client)
  const at = port === undefined ? {} : { port: Number(port) }
  if (flags['health-check']) return { is: 'health-check', ...(ip === undefined ? {} : { vip: ip }), ...at }
  if (ip !== undefined && flags.arp) return { is: 'arp', vip: ip, ...(client === undefined ? {} : { client }) }
  if (ip === undefined || client === undefined) throw incomplete(flags.arp)
  return { is: 'path', client, vip: ip, protocol: flags.udp ? 17 : 6, ...at }
}

function incomplete(arp: boolean): UserError {
  if (arp) return new UserError('--arp needs --vip IP', EXIT.usage)
  const forms = '--client IP and --vip IP:PORT, or --hook, --vrrp, --arp, --health-check'
  return new UserError(`trace needs ${forms}`, EXIT.usage, ['lvsdoctor trace --help'])
}

const HOOK_ONLY = ['on', 'proto', 'src', 'dst', 'sport', 'dport', 'in', 'out', 'ctstate', 'icmp-type'] as const

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

function addressOf(flag: string, value: string): string {
  if (!isIpv4(value)) throw new UserError(`--${flag} ${value || "''"}: takes an IPv4 address`, EXIT.usage)
  return value
}

function numberOf(flag: string, value: string | undefined, most: number): number | undefined {
  if (value === undefined) return undefined
  if (/^\d{1,5}$/.test(value) && Number(value) <= most) return Number(value)
  const takes = flag === 'proto' ? `${Object.keys(PROTOCOLS).join(', ')} or a number` : 'a number'
  throw new UserError(`--${flag} ${value || "''"}: takes ${takes}, 0 to ${most}`, EXIT.usage)
}
