/** vrrp_script and vrrp_sync_group blocks. */
import type { ConfNode, ConfWord, SyncGroup, VrrpScript } from '../../model/facts.ts'
import { placeOf } from './node.ts'
import { blocksOf, given, last, linesOf, numberOf } from './values.ts'

/** Every check script that instances may track. */
export function readScripts(root: readonly ConfNode[]): readonly VrrpScript[] {
  return blocksOf(root, 'vrrp_script').map((node) => {
    const nodes = node.children ?? []
    return {
      name: node.args[0] ?? '',
      ...given('script', readCommand(nodes)),
      ...given('weight', numberOf(nodes, 'weight')),
      ...given('interval', numberOf(nodes, 'interval')),
      ...given('timeout', numberOf(nodes, 'timeout')),
      at: placeOf(node),
    }
  })
}

/** Quoted or not, the command is the whole rest of the line. */
function readCommand(nodes: readonly ConfNode[]): ConfWord | undefined {
  const node = last(nodes, 'script')
  return node === undefined || node.args.length === 0 ? undefined : { value: node.args.join(' '), at: placeOf(node) }
}

/** Every group of instances that change state together; several names may share a line. */
export function readSyncGroups(root: readonly ConfNode[]): readonly SyncGroup[] {
  return blocksOf(root, 'vrrp_sync_group').map((node) => ({
    name: node.args[0] ?? '',
    members: linesOf(node.children ?? [], 'group').flatMap((line) =>
      [line.keyword, ...line.args].map((value) => ({ value, at: placeOf(line) })),
    ),
    at: placeOf(node),
  }))
}
