/** virtual_server blocks and their real servers. */
import { parseIp } from '../../lib/ip.ts'
import type { ConfNode, ConfRealServer, Protocol, VirtualServer } from '../../model/facts.ts'
import { parsePort } from './address.ts'
import { blocksOf, given, numberOf, parseNumber, wordOf } from './values.ts'

const CHECKER = /^(?:HTTP_GET|SSL_GET|[A-Z]{3,4}_CHECK)$/

/** Every virtual server, in the order of the text. */
export function readVirtualServers(root: readonly ConfNode[]): readonly VirtualServer[] {
  return blocksOf(root, 'virtual_server').map((node) => {
    const nodes = node.children ?? []
    return {
      ...readService(node.args),
      protocol: readProtocol(wordOf(nodes, 'protocol')?.value, node.args[0] === 'fwmark'),
      ...given('lbKind', wordOf(nodes, 'lb_kind', 'lvs_method')),
      ...given('lbAlgo', wordOf(nodes, 'lb_algo', 'lvs_sched')),
      ...given('persistence', numberOf(nodes, 'persistence_timeout')),
      realServers: blocksOf(nodes, 'real_server').flatMap(readRealServer),
      at: node.at,
    }
  })
}

/** `10.0.0.1 80`, `fwmark 8`, `group G`. */
function readService(args: readonly string[]): Pick<VirtualServer, 'vip' | 'port' | 'fwmark' | 'group'> {
  const [first, second] = args
  if (first === 'fwmark') return given('fwmark', parseNumber(second ?? ''))
  if (first === 'group') return given('group', second)
  return { ...given('vip', parseIp(first ?? '')), ...given('port', parsePort(second)) }
}

/**
 * Of a service without `protocol` keepalived makes UDP, and 2.x says so in the log (check_data.c); an unknown word is
 * ignored. For a firewall mark the protocol is what the marked packets are, mostly TCP.
 */
function readProtocol(word: string | undefined, isMark: boolean): Protocol {
  const protocol = word?.toLowerCase()
  if (protocol === 'tcp' || protocol === 'udp' || protocol === 'sctp') return protocol
  return isMark ? 'tcp' : 'udp'
}

/** A server whose address does not parse is one keepalived skips. Port 0: the virtual server's own. */
function readRealServer(node: ConfNode): readonly ConfRealServer[] {
  const [address = '', port] = node.args
  const ip = parseIp(address)
  const number = port === undefined ? 0 : parsePort(port)
  if (ip === undefined || number === undefined) return []
  const nodes = node.children ?? []
  return [
    {
      ip,
      port: number,
      ...given('weight', numberOf(nodes, 'weight')?.value),
      ...given('method', wordOf(nodes, 'lvs_method')?.value),
      checks: nodes.filter((child) => CHECKER.test(child.keyword) && child.children !== undefined).map(readCheck),
      at: node.at,
    },
  ]
}

function readCheck(node: ConfNode): ConfRealServer['checks'][number] {
  const port = parsePort(wordOf(node.children ?? [], 'connect_port')?.value)
  return { kind: node.keyword, ...given('port', port), at: node.at }
}
