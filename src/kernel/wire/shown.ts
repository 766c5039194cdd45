/** Which packets a capture would show if they passed: what is missing in it is missing on the wire only then. */
import type { Known } from '../../model/evidence.ts'
import type { Capture } from '../../model/facts.ts'

export type PacketKind = 'vrrp' | 'arp' | 'icmp' | 'tcp'

/** Filters that let a kind pass as a whole. */
const WHOLE: Readonly<Record<PacketKind, RegExp>> = {
  vrrp: /^(?:ip\s+)?(?:vrrp|multicast|proto\s+(?:112|\\?vrrp))$|^ip$/,
  arp: /^arp$/,
  icmp: /^(?:ip\s+)?(?:icmp|proto\s+(?:1|\\?icmp))$|^ip$/,
  tcp: /^(?:ip\s+)?(?:tcp|proto\s+(?:6|\\?tcp))$|^ip$/,
}

/**
 * The alternatives of a filter: what stands between its `or`s outside of brackets. `and` binds no tighter than `or` in
 * pcap-filter(7), so one of those outside of brackets makes the whole filter one condition: undefined.
 */
export function alternatives(filter: string): readonly string[] | undefined {
  const parts: string[] = ['']
  let depth = 0
  for (const word of filter.match(/\(|\)|&&|\|\||!=|!|[^\s()&|!]+|[&|]/g) ?? []) {
    if (word === '(') depth += 1
    if (depth === 0 && /^(?:and|&&|not|!)$/.test(word)) return undefined
    if (depth === 0 && /^(?:or|\|\|)$/.test(word)) parts.push('')
    else parts.push(`${parts.pop()} ${word}`)
    if (word === ')') depth -= 1
  }
  return parts.map((part) => part.replace(/^[\s(]+|[\s)]+$/g, ''))
}

/** Does the filter let all packets of the kind through? False where the filter is not known. */
export function shows({ filter }: Capture, kind: PacketKind): boolean {
  if (filter === undefined) return false
  return filter.trim() === '' || (alternatives(filter)?.some((part) => WHOLE[kind].test(part)) ?? false)
}

/** What captures together can say about a kind of packet that is not in them. */
export interface Sight {
  /** `left-out`: none of them was to show that kind. `damaged`: one was, and is not all there. */
  readonly is: 'clear' | 'left-out' | 'damaged'
  readonly why: string
}

export function sightOf(looks: readonly { readonly capture: Known<Capture> }[], kind: PacketKind): Sight {
  const open = looks.filter(({ capture }) => isMeantToShow(capture.value, kind))
  if (open.length === 0) return { is: 'left-out', why: `no capture was to show ${NAMES[kind]}` }
  const [why] = open.flatMap(({ capture }) => damageOf(capture) ?? [])
  return why === undefined ? { is: 'clear', why: '' } : { is: 'damaged', why }
}

const NAMES: Readonly<Record<PacketKind, string>> = { vrrp: 'VRRP', arp: 'ARP', icmp: 'ICMP', tcp: 'TCP' }

/** Of a file nobody knows the filter; where it holds packets of the kind, the kind was let in. */
function isMeantToShow(capture: Capture, kind: PacketKind): boolean {
  return capture.filter === undefined ? capture.packets.some((packet) => packet.kind === kind) : shows(capture, kind)
}

function damageOf(look: Known<Capture>): string | undefined {
  const { droppedByKernel = 0, lost = [] } = look.value
  if (look.unread.length > 0) return 'some lines of the capture were not understood'
  if (droppedByKernel > 0) return 'the kernel dropped packets while it captured'
  return !look.whole || lost.length > 0 ? 'parts of the capture are missing' : undefined
}
