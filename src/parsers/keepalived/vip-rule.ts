/** Lines of virtual_ipaddress and static_ipaddress. */
import type { ConfNode } from '../../model/facts.ts'
import { familyOf } from './addresses.ts'
import { unsignedFault } from './numbers.ts'
import { type Fault, invalid, lacking, type Rule } from './rule.ts'
import { isLonger, joinFamily, numberFault } from './value-rules.ts'

/** Options of an address, and whether a value follows (alloc_ipaddress() in vrrp_ipaddress.c). */
const WITH_VALUE = new Set(['dev', 'scope', 'broadcast', 'brd', 'label', 'peer', 'preferred_lft'])
const FLAGS = new Set(['home', '-nodad', 'mngtmpaddr', 'noprefixroute', 'autojoin', 'no_track', 'use_vmac'])

/** `10.0.0.1/24 brd + dev eth1 label eth1:0`; an address of another family than the first is ignored. */
export const vip =
  (isStatic: boolean, anyFamily = isStatic): Rule =>
  (node, { block }) => {
    const family = vipFamily(node.keyword)
    if (typeof family !== 'number') return family
    const fault = optionFault(node.args, family, isStatic) ?? peerFault(node)
    return fault ?? (anyFamily ? undefined : joinFamily(family, 0, block))
  }

/** An address with a peer has no prefix of its own. */
function peerFault({ keyword, args }: ConfNode): Fault | undefined {
  const prefix = keyword.split('/', 2)[1]
  const alone = prefix === undefined || prefix === (keyword.includes(':') ? '128' : '32')
  return args.includes('peer') && !alone ? invalid(0, 'no prefix where a peer is given') : undefined
}

function vipFamily(text: string): 4 | 6 | Fault {
  const slash = text.indexOf('/')
  const family = familyOf(slash < 0 ? text : text.slice(0, slash))
  if (family === undefined) return invalid(0, 'an IP address')
  const most = family === 4 ? 32 : 128
  const fault = slash < 0 ? undefined : numberFault(unsignedFault(text.slice(slash + 1), 0, most), 0, '0', String(most))
  return fault ?? family
}

function optionFault(args: readonly string[], family: 4 | 6, isStatic: boolean): Fault | undefined {
  for (let i = 0; i < args.length; i++) {
    const option = args[i] ?? ''
    if (FLAGS.has(option) && !(isStatic && option === 'use_vmac')) continue
    if (!WITH_VALUE.has(option) && !(isStatic && option === 'track_group'))
      return invalid(i + 1, 'an option of an address')
    const value = args[i + 1]
    if (value === undefined) return lacking(i + 2)
    if (option === 'label' && isLonger(value, 15))
      return { kind: 'too-long', word: i + 2, range: 'at most 15 characters' }
    if ((option === 'label' || option === 'brd' || option === 'broadcast') && family === 6)
      return invalid(i + 1, 'for IPv4 addresses only')
    if ((option === 'brd' || option === 'broadcast') && value !== '+' && value !== '-' && familyOf(value) !== 4)
      return invalid(i + 2, 'an IPv4 address, + or -')
    if (option === 'peer' && familyOf(value.split('/', 1)[0] ?? '') !== family)
      return invalid(i + 2, `an IPv${family} address`)
    if (option === 'preferred_lft' && value !== 'forever') {
      const fault = numberFault(unsignedFault(value, 0, 4294967295), i + 2, '0', '4294967295')
      if (fault !== undefined) return fault
    }
    i += 1
  }
  return undefined
}
