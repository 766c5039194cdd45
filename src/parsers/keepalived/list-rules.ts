/** Rules of the lines of a list: addresses, peers, what is tracked. */
import { isPort, socketFamily } from './addresses.ts'
import { signedFault, unsignedFault } from './numbers.ts'
import { invalid, lacking, type Rule, wordOf } from './rule.ts'
import { joinFamily, numberFault } from './value-rules.ts'
import { vip } from './vip-rule.ts'

/** `10.0.0.2 min_ttl 1 max_ttl 255`. */
const peer =
  (): Rule =>
  (node, { block }) => {
    const family = socketFamily(node.keyword)
    if (family === undefined) return invalid(0, 'an IP address')
    const mixed = joinFamily(family, 0, block)
    if (mixed !== undefined) return mixed
    for (let i = 0; i < node.args.length; i += 2) {
      const value = node.args[i + 1]
      if (value === undefined) return lacking(i + 2)
      const fault = numberFault(unsignedFault(value, 0, 255), i + 2, '0', '255')
      if (fault !== undefined) return fault
      if (node.args[i] !== 'min_ttl' && node.args[i] !== 'max_ttl') return invalid(i + 1, 'min_ttl or max_ttl')
    }
    return undefined
  }

/** `chk weight -20 reverse`: the block that defines the name has to come first. */
const track =
  ([most = '', kind]: readonly string[]): Rule =>
  (node, { names, block }) => {
    if (kind !== undefined && names.lacks(kind, node.keyword))
      return { kind: 'undefined-reference', word: 0, range: kind }
    const key = `${kind ?? 'interface'} ${node.keyword}`
    if (!block.first(key)) return { kind: 'repeated', word: 0 }
    const [option, value, direction] = node.args
    if (option === undefined) return undefined
    if (option !== 'weight') return invalid(1, 'weight')
    if (value === undefined) return lacking(2)
    const limit = kind === undefined || kind === 'vrrp_script' ? 253 : Number(most)
    const fault = numberFault(signedFault(value, -limit, limit), 2, `-${limit}`, `${limit}`)
    if (fault !== undefined || direction === undefined) return fault
    const allowed = kind === undefined ? ['reverse'] : ['reverse', 'noreverse']
    return allowed.includes(direction) ? undefined : invalid(3, allowed.join(' or '))
  }

/** Instances of a group, one or more a line. */
const members =
  (): Rule =>
  (node, { names }) => {
    for (let word = 0; word <= node.args.length; word++)
      names.later.push({ kind: 'vrrp_instance', name: wordOf(node, word) ?? '', node, word })
    return undefined
  }

/** `10.0.0.1-10 80`, `10.0.0.0/24 80`, `fwmark 3 inet6`: addresses of a virtual_server_group. */
const groupEntry = (): Rule => (node) => {
  if (node.keyword !== 'fwmark') {
    if (socketFamily(node.keyword) === undefined) return invalid(0, 'an IP address')
    return isPort(wordOf(node, 1)) ? undefined : invalid(1, '0 to 65535')
  }
  const [mark, family] = node.args
  if (mark === undefined) return { ...lacking(1), fatal: true }
  if (family !== undefined && family !== 'inet' && family !== 'inet6') return invalid(2, 'inet or inet6')
  return numberFault(unsignedFault(mark, 0, 4294967295), 1, '0', '4294967295')
}

export const LIST_RULES: Readonly<Record<string, (parameters: readonly string[]) => Rule>> = {
  vip: ([any]) => vip(false, any !== undefined),
  static_ip: () => vip(true),
  peer,
  track,
  members,
  group_entry: groupEntry,
  linkbeat: () => (node) =>
    node.args.length === 0 || (node.args.length === 1 && ['MII', 'ETHTOOL', 'IOCTL'].includes(node.args[0] ?? ''))
      ? undefined
      : invalid(1, 'MII, ETHTOOL or IOCTL'),
}
