/** virtual_server blocks and their real servers. */
import { parseIp } from '../../lib/ip.ts'
import type { ConfNode, ConfRealServer, ConfWord, Protocol, VirtualServer } from '../../model/facts.ts'
import { parsePort } from './address.ts'
import { blocksOf, given, parseNumber } from './values.ts'

const CHECKER = /^(?:HTTP_GET|SSL_GET|[A-Z]{3,4}_CHECK)$/

/** Last line of each keyword, in one walk: large clusters have hundreds of thousands of lines here. */
type Lines = ReadonlyMap<string, ConfNode>

/** Every virtual server, in the order of the text. */
export function readVirtualServers(root: readonly ConfNode[]): readonly VirtualServer[] {
  return blocksOf(root, 'virtual_server').map((node) => {
    const lines = new Map<string, ConfNode>()
    const realServers: ConfRealServer[] = []
    for (const line of node.children ?? []) {
      if (line.keyword !== 'real_server') lines.set(alias(line.keyword), line)
      else if (line.children !== undefined && line.only === undefined) readRealServer(line, realServers)
    }
    const persistence = numberOf(lines.get('persistence_timeout'))
    return {
      ...readService(node.args),
      protocol: readProtocol(wordOf(lines, 'protocol')?.value, node.args[0] === 'fwmark'),
      ...given('lbKind', wordOf(lines, 'lb_kind')),
      ...given('lbAlgo', wordOf(lines, 'lb_algo')),
      ...given('persistence', persistence),
      realServers,
      at: node.at,
    }
  })
}

function alias(keyword: string): string {
  return keyword === 'lvs_method' ? 'lb_kind' : keyword === 'lvs_sched' ? 'lb_algo' : keyword
}

function wordOf(lines: Lines, keyword: string): ConfWord | undefined {
  const line = lines.get(keyword)
  const value = line?.only === undefined ? line?.args[0] : undefined
  return line === undefined || value === undefined ? undefined : { value, at: line.at }
}

function numberOf(line: ConfNode | undefined): { value: number; at: ConfNode['at'] } | undefined {
  const value = line === undefined || line.only !== undefined ? undefined : parseNumber(line.args[0] ?? '')
  return line === undefined || value === undefined ? undefined : { value, at: line.at }
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
function readRealServer({ args, children = [], at }: ConfNode, into: ConfRealServer[]): void {
  const [address = '', port] = args
  const ip = parseIp(address)
  const number = port === undefined ? 0 : parsePort(port)
  if (ip === undefined || number === undefined) return
  let weight: ConfNode | undefined
  let method: ConfNode | undefined
  const checks: ConfRealServer['checks'][number][] = []
  for (const line of children) {
    if (line.keyword === 'weight') weight = line
    else if (line.keyword === 'lvs_method') method = line
    else if (line.children !== undefined && CHECKER.test(line.keyword)) checks.push(readCheck(line))
  }
  const weighs = numberOf(weight)?.value
  const way = method?.only === undefined ? method?.args[0] : undefined
  into.push({
    ip,
    port: number,
    ...(weighs === undefined ? {} : { weight: weighs }),
    ...(way === undefined ? {} : { method: way }),
    checks,
    at,
  })
}

function readCheck({ keyword: kind, children = [], at }: ConfNode): ConfRealServer['checks'][number] {
  const line = children.findLast(({ keyword }) => keyword === 'connect_port')
  const port = line?.only === undefined ? parsePort(line?.args[0]) : undefined
  return port === undefined ? { kind, at } : { kind, port, at }
}
