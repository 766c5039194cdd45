/** vrrp_instance blocks. */
import type { ConfNode, ConfVip, VrrpInstance } from '../../model/facts.ts'
import { parseVip } from './address.ts'
import { placeOf } from './node.ts'
import { secretOf } from './secrets.ts'
import { blocksOf, flagOf, given, last, linesOf, numberOf, parseNumber, switchOf, wordOf } from './values.ts'

/** Every instance, in the order of the text; `globals` is the tree whose global_defs count. */
export function readInstances(root: readonly ConfNode[], globals = root): readonly VrrpInstance[] {
  // Since 1.2.20 in global_defs: `lvs_sync_daemon eth1 VI_1`, or `inst VI_1`.
  const [, first, second] = last(linesOf(globals, 'global_defs'), 'lvs_sync_daemon')?.args ?? []
  const synced = first === 'inst' ? second : first
  return blocksOf(root, 'vrrp_instance').map((node) => readInstance(node, synced))
}

function readInstance(node: ConfNode, synced: string | undefined): VrrpInstance {
  const nodes = node.children ?? []
  const authentication = linesOf(nodes, 'authentication')
  const pass = wordOf(authentication, 'auth_pass')
  return {
    name: node.args[0] ?? '',
    at: placeOf(node),
    ...given('state', wordOf(nodes, 'state')),
    ...given('interface', wordOf(nodes, 'interface')),
    ...given('vrid', numberOf(nodes, 'virtual_router_id')),
    ...given('priority', numberOf(nodes, 'priority')),
    ...given('advertInt', numberOf(nodes, 'advert_int')),
    ...given('version', numberOf(nodes, 'version')),
    ...given('authType', wordOf(authentication, 'auth_type')),
    ...given('authPass', pass === undefined ? undefined : secretOf(pass)),
    vips: linesOf(nodes, 'virtual_ipaddress').flatMap(readVip),
    excludedVips: linesOf(nodes, 'virtual_ipaddress_excluded').flatMap(readVip),
    ...given('vipBlock', blockAt(nodes, 'virtual_ipaddress')),
    ...given('noVip', flagOf(nodes, 'no_virtual_ipaddress')),
    ...given('unicastSrc', wordOf(nodes, 'unicast_src_ip')),
    unicastPeers: linesOf(nodes, 'unicast_peer').map((line) => ({ value: line.keyword, at: placeOf(line) })),
    ...given('unicastPeerBlock', blockAt(nodes, 'unicast_peer')),
    ...given('nopreempt', nopreempt(nodes)),
    ...given('strict', switchOf(nodes, 'strict_mode')),
    ...given('accept', accept(nodes)),
    ...given('useVmac', flagOf(nodes, 'use_vmac')),
    trackScripts: linesOf(nodes, 'track_script').map(readTracked),
    trackInterfaces: linesOf(nodes, 'track_interface').map(readTracked),
    lvsSync:
      last(nodes, 'lvs_sync_daemon_interface') !== undefined || (synced !== undefined && synced === node.args[0]),
  }
}

function blockAt(nodes: readonly ConfNode[], keyword: string) {
  const [block] = blocksOf(nodes, keyword)
  return block === undefined ? undefined : placeOf(block)
}

/** `preempt` after `nopreempt` takes it back. */
function nopreempt(nodes: readonly ConfNode[]) {
  const node = last(nodes, 'nopreempt', 'preempt')
  return node?.keyword === 'nopreempt' ? placeOf(node) : undefined
}

function accept(nodes: readonly ConfNode[]): boolean | undefined {
  const node = last(nodes, 'accept', 'no_accept')
  return node === undefined ? undefined : node.keyword === 'accept'
}

/** `10.0.0.1/24 brd 10.0.0.255 dev eth1 label eth1:0`; a line that starts with no address is no VIP. */
function readVip(line: ConfNode): readonly ConfVip[] {
  const address = parseVip(line.keyword)
  if (address === undefined) return []
  const dev = line.args[line.args.indexOf('dev') + 1]
  return [{ ...address, ...(line.args.includes('dev') ? given('dev', dev) : {}), at: placeOf(line) }]
}

/** `chk_http weight -20`. */
function readTracked(line: ConfNode): { name: string; weight?: number; at: ConfNode['at'] } {
  const at = line.args.indexOf('weight')
  const weight = at < 0 ? undefined : parseNumber(line.args[at + 1] ?? '')
  return { name: line.keyword, ...given('weight', weight), at: placeOf(line) }
}
