/** `inet 10.0.0.1/24 brd 10.0.0.255 scope global secondary eth0:1` */
import { parseCidr, parseIp } from '../../lib/ip.ts'
import type { LinkAddress } from '../../model/facts.ts'

const WITH_VALUE = new Set(['peer', 'brd', 'any', 'scope', 'metric', 'proto', 'flags'])

const FLAGS = new Set([
  'secondary',
  'temporary',
  'deprecated',
  'tentative',
  'dadfailed',
  'permanent',
  'dynamic',
  'noprefixroute',
  'mngtmpaddr',
  'managetempaddr',
  'nodad',
  'optimistic',
  'home',
  'autojoin',
  'stable-privacy',
])

/** Words from `inet` or `inet6` on; undefined when they do not make an address. */
export function readAddress(words: readonly string[]): Omit<LinkAddress, 'at'> | undefined {
  const family = words[0]
  if (family !== 'inet' && family !== 'inet6') return undefined
  const values = new Map<string, string>()
  const flags: string[] = []
  let label: string | undefined
  for (let at = 2; at < words.length; at++) {
    const word = words[at] as string
    if (WITH_VALUE.has(word)) {
      const value = words[++at]
      if (value === undefined) return undefined
      values.set(word, value)
    } else if (FLAGS.has(word)) flags.push(word)
    // The label (IFA_LABEL) exists in IPv4 only and is printed last.
    else if (family === 'inet' && at === words.length - 1) label = word
    else return undefined
  }
  const place = placeOf(words[1] ?? '', values.get('peer'))
  if (place === undefined || place.ip.includes(':') !== (family === 'inet6')) return undefined
  const scope = values.get('scope')
  return {
    family,
    ...place,
    ...(scope === undefined ? {} : { scope }),
    secondary: flags.includes('secondary'),
    ...(label === undefined ? {} : { label }),
  }
}

/** On a point-to-point link the prefix length stands behind the peer. Without a slash the line is cut off. */
function placeOf(local: string, peer: string | undefined): { ip: string; prefix: number } | undefined {
  if (peer === undefined) return local.includes('/') ? parseCidr(local) : undefined
  const ip = parseIp(local)
  const far = peer.includes('/') ? parseCidr(peer) : undefined
  return ip === undefined || far === undefined ? undefined : { ip, prefix: far.prefix }
}
