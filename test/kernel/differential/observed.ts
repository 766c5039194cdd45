/** What became of a packet, in the same words for what was seen and for what a model says. */
import type { Heard } from './prober.ts'

export interface Fate {
  /** `refused`: somebody was told, by ICMP or a reset; `lost` by the model: dropped or refused, it does not say which. */
  readonly is: 'delivered' | 'out' | 'refused' | 'dropped' | 'lost' | 'unknown'
  /** Interface it left by, and the last two octets of the link address it went to. */
  readonly dev?: string
  readonly mac?: string
  readonly src?: string
  readonly dst?: string
  readonly dport?: number
  /** `icmp 3/10`, `reset`. */
  readonly how?: string
  /** Growth of IPReversePathFilter, where that is told. */
  readonly rp?: number
  /** Why the model says so. */
  readonly because?: string
}

function byteAt(hex: string, at: number): number {
  return Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16)
}

function addressAt(hex: string, at: number): string {
  return [0, 1, 2, 3].map((n) => byteAt(hex, at + n)).join('.')
}

function endsOf(ip: string): Pick<Fate, 'src' | 'dst' | 'dport'> {
  const withPorts = byteAt(ip, 9) === 6 || byteAt(ip, 9) === 17
  const dport = withPorts ? { dport: byteAt(ip, 22) * 256 + byteAt(ip, 23) } : {}
  return { src: addressAt(ip, 12), dst: addressAt(ip, 16), ...dport }
}

export function seen({ delivered, out, said, rp }: Heard): Fate {
  if (delivered !== null) return { is: 'delivered', ...endsOf(delivered), rp }
  const [left] = out
  if (left !== undefined) {
    const [cable, frame] = left
    return { is: 'out', dev: `v${cable}`, mac: frame.slice(8, 12), ...endsOf(frame.slice(28)), rp }
  }
  const [answer] = said
  if (answer === undefined) return { is: 'dropped', rp }
  const how = byteAt(answer, 9) === 6 ? 'reset' : `icmp ${byteAt(answer, 20)}/${byteAt(answer, 21)}`
  return { is: 'refused', how, rp }
}

/** One of the fates that the model allows, and none that it cannot tell. */
export function agrees(said: readonly Fate[], saw: Fate): boolean {
  return said.some((one) => fits(one, saw))
}

export function isUnknown(said: readonly Fate[]): boolean {
  return said.some(({ is }) => is === 'unknown')
}

/** Nothing that the model says is otherwise; what it leaves out may be anything. */
function fits(said: Fate, saw: Fate): boolean {
  if (said.is === 'lost') {
    if (saw.is !== 'dropped' && saw.is !== 'refused') return false
  } else if (said.is !== saw.is) return false
  return (['dev', 'mac', 'src', 'dst', 'dport', 'how', 'rp'] as const).every(
    (field) => said[field] === undefined || said[field] === saw[field],
  )
}
