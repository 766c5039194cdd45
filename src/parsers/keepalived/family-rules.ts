/** Keywords of virtual servers and checkers that have to agree on IPv4 or IPv6. */
import { familyOf, socketFamily } from './addresses.ts'
import { unsignedFault } from './numbers.ts'
import { type BlockState, invalid, missing, type Rule } from './rule.ts'
import { numberFault } from './value-rules.ts'

/** `connect_ip` and `bindto` of one family; without connect_ip, the server's own. */
export const endpoint =
  (): Rule =>
  (node, { block }) => {
    const [value] = node.args
    if (value === undefined) return missing(1)
    const family = socketFamily(value)
    if (family === undefined) return invalid(1, 'an IP address')
    const other = node.keyword === 'bindto' ? (block.noted('connect_ip') ?? serverOf(block)) : block.noted('bindto')
    const wanted = other === undefined ? family : socketFamily(other)
    if (wanted !== family) return invalid(1, `an IPv${wanted} address`)
    block.note(node.keyword, value)
    return undefined
  }

function serverOf(block: BlockState): string | undefined {
  if (block.node?.keyword === 'SMTP_CHECK') return undefined
  const { outer } = block
  return outer?.node?.keyword === 'real_server' ? outer.node.args[0] : outer?.outer?.node?.args[0]
}

export const ipFamily =
  (): Rule =>
  (node, { block }) => {
    const [value] = node.args
    if (value === undefined) return missing(1)
    if (value !== 'inet' && value !== 'inet6') return invalid(1, 'inet or inet6')
    const family = value === 'inet' ? 4 : 6
    const own = block.family ?? socketFamily(block.node?.args[0] ?? '')
    if (own !== undefined && own !== family) return invalid(1, 'the family of the service')
    block.family = family
    return undefined
  }

export const granularity =
  (): Rule =>
  (node, { block }) => {
    const [value] = node.args
    if (value === undefined) return missing(1)
    const isMask =
      (block.family ?? socketFamily(block.node?.args[0] ?? '')) === undefined
        ? value.includes('.')
        : (block.family ?? socketFamily(block.node?.args[0] ?? '')) === 4
    if (!isMask) return numberFault(unsignedFault(value, 1, 128), 1, '1', '128')
    // A plain number is an address to getaddrinfo(); only what is surely none counts.
    return familyOf(value) === 4 || /^[0-9][0-9.xXa-fA-F]*$/.test(value) ? undefined : invalid(1, 'a netmask')
  }
