/** Bytes of one packet to what they say. Never throws, whatever the bytes are; what is not there is `cut`. */
import { be16, be32 } from './bytes.ts'
import { bodyOf } from './decode-body.ts'
import { ipAt } from './decode-ip.ts'
import { linkAt } from './decode-link.ts'
import type { Body, Frame, Ip } from './frame.ts'
import { ip4, macAt } from './text.ts'

const MOST_NESTED = 4

export function decode(b: Uint8Array, linkType: number): Frame {
  const found = linkAt(b, linkType)
  if (found === undefined) return { link: { tags: [], type: 0 }, ip: [], body: { is: 'cut', what: 'link' } }
  const { link, next } = found
  if (link.type === 0x0806) return { link, ip: [], body: arpAt(b, next) }
  if (link.type !== 0x0800 && link.type !== 0x86dd) return { link, ip: [], body: { is: 'other' } }
  const ip: Ip[] = []
  let at = next
  for (let depth = 0; depth <= MOST_NESTED; depth += 1) {
    const read = ipAt(b, at)
    if (read === undefined) return { link, ip, body: { is: 'cut', what: 'ip' } }
    ip.push(read.ip)
    // A segment that the card will cut up has no length yet.
    const length = (read.ip.length || b.length - at) - (read.next - at)
    at = read.next
    if (read.ip.offset > 0) return { link, ip, body: { is: 'other' } }
    if (read.ip.proto !== 4 && read.ip.proto !== 41) return { link, ip, body: bodyOf(b, at, read.ip, length) }
  }
  return { link, ip, body: { is: 'other' } }
}

/** Ethernet and IPv4 alone: nothing else is asked for a VIP. */
function arpAt(b: Uint8Array, at: number): Body {
  if (at + 28 > b.length) return { is: 'cut', what: 'arp' }
  if (be32(b, at) !== 0x0001_0800 || be16(b, at + 4) !== 0x0604) return { is: 'other' }
  return {
    is: 'arp',
    op: be16(b, at + 6),
    senderMac: macAt(b, at + 8),
    sender: ip4(b, at + 14),
    targetMac: macAt(b, at + 18),
    target: ip4(b, at + 24),
  }
}
