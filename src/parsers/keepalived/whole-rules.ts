/** What a block as a whole has to have, looked at when it is closed. */
import { socketFamily } from './addresses.ts'
import { unsignedFault } from './numbers.ts'
import type { BlockState, Fault } from './rule.ts'
import type { BlockSchema } from './schema.ts'

/** The …_end_handler() functions, which take a block out again; undefined when nothing is wrong. */
export function wholeFault(schema: BlockSchema, block: BlockState): Fault | undefined {
  if (schema.whole !== undefined) {
    const anyway = schema.whole.startsWith('~')
    const wanted = schema.whole.replace('~', '').split('|')
    const lines = block.node?.children ?? []
    const there = anyway
      ? lines.some(({ keyword }) => wanted.includes(keyword))
      : wanted.some((keyword) => block.had(`right ${keyword}`))
    if (!there) return lacks(wanted.join(' or '))
  }
  const keyword = block.node?.keyword ?? ''
  if (keyword === 'real_server') return mixedFamilies(block)
  if (keyword === 'vrrp_instance') return unicastFault(block)
  return CHECKERS.has(keyword) ? checkerFault(block) : undefined
}

const CHECKERS = new Set('HTTP_GET SSL_GET TCP_CHECK PING_CHECK UDP_CHECK DNS_CHECK SMTP_CHECK host'.split(' '))

function lacks(range: string): Fault {
  return { kind: 'incomplete-block', word: 0, range }
}

/** check_conn_opts() and udp_check_end_handler(). */
function checkerFault(block: BlockState): Fault | undefined {
  const address = block.noted('connect_ip')
  if (address === undefined && block.node?.keyword !== 'UDP_CHECK') return undefined
  const lines = block.node?.children ?? []
  const last = (keyword: string) => lines.findLast((line) => line.keyword === keyword)?.args[0]
  const linkLocal = /^fe[89ab]/i.test(address ?? '')
  if (linkLocal && last('bind_if') === undefined) return lacks('bind_if')
  const [least, most] = [lengthOf(last('min_reply_length'), 0), lengthOf(last('max_reply_length'), 255)]
  if (least > most) return { kind: 'out-of-range', word: 0, range: `${least} to ${most}`, atEnd: true }
  return undefined
}

function lengthOf(text: string | undefined, otherwise: number): number {
  return text === undefined || unsignedFault(text, 0, 65535) !== undefined ? otherwise : Number(text)
}

/** rs_end_handler(): a server of another family than its service is left out, unless it is tunnelled. */
function mixedFamilies(block: BlockState): Fault | undefined {
  const { node, outer } = block
  const service = outer?.node
  if (node === undefined || outer === undefined || service === undefined) return undefined
  const [address = ''] = node.args
  const [first = ''] = service.args
  // Two addresses without a colon cannot differ.
  if (outer.family !== 6 && !address.includes(':') && !first.includes(':')) {
    if (first === 'fwmark' || first === 'group') outer.family ??= 4
    return undefined
  }
  const own = socketFamily(address)
  const family = outer.family ?? socketFamily(first) ?? (first === 'fwmark' || first === 'group' ? undefined : own)
  if (own === undefined || (block.noted('method') ?? outer.noted('method')) === 'TUN') return undefined
  if (family === undefined) outer.family = own
  if (family === undefined || family === own) return undefined
  return { kind: 'invalid-value', word: 1, range: `an IPv${family} address like the service`, atEnd: true }
}

/** vrrp_end_handler(). */
function unicastFault(block: BlockState): Fault | undefined {
  const lines = block.node?.children ?? []
  const has = (keyword: string) => lines.some((line) => line.keyword === keyword)
  const ttl = lines.findLast((line) => line.keyword === 'unicast_ttl')?.args[0]
  if (
    ttl !== undefined &&
    unsignedFault(ttl, 0, 255) === undefined &&
    !lines.some(({ keyword, children }) => keyword === 'unicast_peer' && children?.length)
  )
    return lacks('unicast_peer')
  const unicast = has('unicast_peer') || has('unicast_src_ip')
  if (unicast && has('use_vmac') && !has('vmac_xmit_base')) return lacks('vmac_xmit_base')
  return undefined
}
