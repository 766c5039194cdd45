/** VRRP advertisements: version 2 (seconds, authtype) and 3 (centiseconds), with `-v` their addresses. */
import type { VrrpPacket } from '../../model/facts.ts'
import { at, type Draft, field } from './draft.ts'

/** tcpdump mentions a TTL that is not the 255 RFC 5798 (5.1.1.3) asks for, even without `-v`. */
const ADVERT =
  /VRRPv([23]), Advertisement, (?:\(ttl (\d+)\), )?vrid (\d+), prio (\d+)(?:, authtype ([^,]+))?, intvl (\d+)(c?s)(?:, length \d+)?/y
const ADDRESSES = /, addrs(?:\(\d+\))?: ?((?!auth ")[^\s"]*)/y
/** Only the mask is taken over: a password that slipped through unmasked must not leave this reader. */
const AUTH = /auth "<(secret-\d+)\/\d+>/
const BAD_CHECKSUM = /, \(bad vrrp cksum [0-9a-f]+\)/y

/** Reads the text from `VRRPv` on. undefined where a field is missing or out of range. */
export function readVrrp(
  line: string,
  start: number,
  draft: Draft,
  ends: { readonly src: string; readonly dst: string },
): VrrpPacket | undefined {
  const found = at(ADVERT, line, start)
  if (found === null) return undefined
  let next = ADVERT.lastIndex
  const [, version, ttlDigits, vridDigits = '', prioDigits = '', authType, interval = '', unit] = found
  const vrid = field(vridDigits, 255)
  const priority = field(prioDigits, 255)
  const ticks = field(interval, 4095)
  const ttl = ttlDigits === undefined ? draft.ttl : field(ttlDigits, 255)
  if (vrid === undefined || priority === undefined || ticks === undefined) return undefined
  if (ttlDigits !== undefined && ttl === undefined) return undefined
  if (at(BAD_CHECKSUM, line, next) !== null) next = BAD_CHECKSUM.lastIndex
  const addresses = at(ADDRESSES, line, next)?.[1]?.split(',').filter(Boolean)
  const auth = addresses === undefined ? undefined : AUTH.exec(line.slice(ADDRESSES.lastIndex))?.[1]
  return {
    kind: 'vrrp',
    ...ends,
    version: version === '3' ? 3 : 2,
    vrid,
    priority,
    interval: unit === 'cs' ? ticks / 100 : ticks,
    ...(authType === undefined ? {} : { authType }),
    ...(auth === undefined ? {} : { auth }),
    ...(addresses === undefined ? {} : { vips: addresses }),
    ...draft,
    ...(ttl === undefined ? {} : { ttl }),
  }
}
