/** Link layers of captures: Ethernet, Linux cooked 1 and 2, raw IP, null and loop; VLAN tags of the first three. */
import { be16, be32 } from './bytes.ts'
import type { Link } from './frame.ts'
import { macAt } from './text.ts'

const WAYS = ['In', 'B', 'M', 'P', 'Out'] as const

interface Found {
  readonly link: Link
  /** Where the network layer begins. */
  readonly next: number
}

/** undefined: too short, or a link type that is not known. */
export function linkAt(b: Uint8Array, linkType: number): Found | undefined {
  if (linkType === 1)
    return b.length < 14 ? undefined : tagged(b, 14, be16(b, 12), { dst: macAt(b, 0), src: macAt(b, 6) })
  if (linkType === 113) {
    if (b.length < 16) return undefined
    return tagged(b, 16, be16(b, 14), { ...way(be16(b, 0)), ...sender(b, be16(b, 4), 6) })
  }
  if (linkType === 276) {
    if (b.length < 20) return undefined
    return tagged(b, 20, be16(b, 0), {
      index: be32(b, 4) >>> 0,
      ...way(b[10] as number),
      ...sender(b, b[11] as number, 12),
    })
  }
  const bare = linkType === 0 || linkType === 108 ? 4 : [12, 14, 101, 228, 229].includes(linkType) ? 0 : -1
  if (bare < 0 || b.length <= bare) return undefined
  return { link: { tags: [], type: (b[bare] as number) >> 4 === 6 ? 0x86dd : 0x0800 }, next: bare }
}

function way(kind: number): Pick<Link, 'way'> {
  const word = WAYS[kind]
  return word === undefined ? {} : { way: word }
}

function sender(b: Uint8Array, length: number, at: number): Pick<Link, 'src'> {
  return length === 6 ? { src: macAt(b, at) } : {}
}

function tagged(b: Uint8Array, from: number, outer: number, ends: Omit<Link, 'tags' | 'type'>): Found {
  const tags: { type: number; control: number }[] = []
  let next = from
  let type = outer
  while ((type === 0x8100 || type === 0x88a8 || type === 0x9100) && next + 4 <= b.length) {
    tags.push({ type, control: be16(b, next) })
    type = be16(b, next + 2)
    next += 4
  }
  return { link: { ...ends, tags, type }, next }
}
