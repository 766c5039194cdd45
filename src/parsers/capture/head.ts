/** The link layer of a tcpdump line: interface and direction of cooked captures, MACs, VLAN tags, ethertype. */
import type { PacketBase } from '../../model/facts.ts'
import { at, type Draft, field } from './draft.ts'

const MAC = '[0-9a-f]{2}(?::[0-9a-f]{2}){5}'
const OUI = '(?: \\(oui [^)]*\\))?'

/** `-i any -e` of tcpdump before 4.99, padded to three: ` In 02:…`, `  M ethertype …`. */
const COOKED = / *(In|Out|B|M|P) +(?=[0-9a-f]{2}:|ethertype )/y
/** tcpdump 4.99 reads the interface from the newer cooked header: `eth0  In  `, `bond0.10 Out `. */
const COOKED_2 = / *([^\s,]+) +(In|Out|B|M|P) +/y
const IFINDEX = /ifindex \d+ /y
const FROM = new RegExp(`(${MAC})${OUI}(?: > (${MAC}|Broadcast)${OUI},)? `, 'y')
const ETHERTYPE = /ethertype (\S+?)(?: \((0x[0-9a-f]{1,4})\))?, (?:length \d+: )?/y
const VLAN = /vlan (\d+), p \d+(?:, DEI)?, /y

const DIRECTIONS: Readonly<Record<string, NonNullable<PacketBase['direction']>>> = {
  In: 'in',
  Out: 'out',
  B: 'broadcast',
  M: 'multicast',
  P: 'other',
}

export interface Head {
  /** Where the network layer begins. */
  readonly end: number
  /** Innermost ethertype; `-e` prints it instead of the words `IP` and `ARP,`. */
  readonly ethertype?: string
}

/** Fills the draft from the link layer. A line without one (`IP 10.0.0.1 > …`) is left as it is. */
export function readHead(line: string, start: number, draft: Draft): Head {
  if (line.startsWith('IP ', start) || line.startsWith('ARP, ', start)) return { end: start }
  let end = readCooked(line, start, draft)
  end = at(IFINDEX, line, end) === null ? end : IFINDEX.lastIndex
  const from = at(FROM, line, end)
  if (from !== null) {
    end = FROM.lastIndex
    if (from[1] !== undefined) draft.srcMac = from[1]
    if (from[2] !== undefined) draft.dstMac = from[2] === 'Broadcast' ? 'ff:ff:ff:ff:ff:ff' : from[2]
  }
  return readTags(line, end, draft)
}

function readCooked(line: string, start: number, draft: Draft): number {
  const old = at(COOKED, line, start)
  const found = old ?? at(COOKED_2, line, start)
  if (found === null) return start
  const direction = DIRECTIONS[found[old === null ? 2 : 1] ?? '']
  if (direction !== undefined) draft.direction = direction
  if (old === null && found[1] !== undefined) draft.interface = found[1]
  return old === null ? COOKED_2.lastIndex : COOKED.lastIndex
}

/** Ethertypes and VLAN tags alternate; a stack of two tags is read to its inner one. */
function readTags(line: string, start: number, draft: Draft): Head {
  let end = start
  let ethertype: string | undefined
  for (;;) {
    const type = at(ETHERTYPE, line, end)
    if (type !== null) {
      end = ETHERTYPE.lastIndex
      ethertype = type[1]
      // Without its number it stands behind a tag: a bare `ethertype IPv4, ` is all that a cooked capture
      // of tcpdump < 4.99 shows of the 802.1Q header.
      if (type[2] === undefined) draft.tagged = true
      continue
    }
    const tag = at(VLAN, line, end)
    if (tag === null) return ethertype === undefined ? { end } : { end, ethertype }
    end = VLAN.lastIndex
    draft.tagged = true
    const vlan = field(tag[1] ?? '', 4095)
    if (vlan !== undefined) draft.vlan = vlan
  }
}
