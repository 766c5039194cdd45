/** IPv4 and IPv6 headers, with the extension headers of the latter. */
import { be16 } from './bytes.ts'
import type { Ip } from './frame.ts'
import { ip4, ip6 } from './text.ts'

/** undefined: not all of the header is there, or it is none. */
export function ipAt(b: Uint8Array, at: number): { readonly ip: Ip; readonly next: number } | undefined {
  const version = (b[at] ?? 0) >> 4
  if (version === 6) return ip6At(b, at)
  const header = ((b[at] ?? 0) & 15) << 2
  if (version !== 4 || header < 20 || at + header > b.length) return undefined
  const fragment = be16(b, at + 6)
  const ip: Ip = {
    version: 4,
    src: ip4(b, at + 12),
    dst: ip4(b, at + 16),
    ttl: b[at + 8] as number,
    id: be16(b, at + 4),
    tos: b[at + 1] as number,
    proto: b[at + 9] as number,
    length: be16(b, at + 2),
    flags: fragment >> 13,
    offset: (fragment & 0x1fff) * 8,
  }
  return { ip, next: at + header }
}

function ip6At(b: Uint8Array, at: number): { readonly ip: Ip; readonly next: number } | undefined {
  if (at + 40 > b.length) return undefined
  let proto = b[at + 6] as number
  let next = at + 40
  let offset = 0
  for (let i = 0; i < 8 && next + 8 <= b.length; i += 1) {
    if (proto === 44) {
      offset = be16(b, next + 2) & 0xfff8
      proto = b[next] as number
      next += 8
    } else if (proto === 0 || proto === 43 || proto === 60) {
      proto = b[next] as number
      next += ((b[next + 1] as number) + 1) << 3
    } else break
  }
  const ip: Ip = {
    version: 6,
    src: ip6(b, at + 8),
    dst: ip6(b, at + 24),
    ttl: b[at + 7] as number,
    id: 0,
    tos: (be16(b, at) >> 4) & 255,
    proto,
    length: be16(b, at + 4) + 40,
    flags: 0,
    offset,
  }
  return { ip, next }
}
