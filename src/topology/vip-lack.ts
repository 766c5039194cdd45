/** Why an instance of keepalived.conf has no address. */
import type { ConfNode, VrrpInstance } from '../model/facts.ts'
import { isFilledElsewhere } from './conf-tree.ts'

/** The last two leave it open whether there is one after all. */
export type VipLack = 'none-listed' | 'none-usable' | 'filled-elsewhere' | 'moved-by-script'

/**
 * undefined: nothing lacks. `no_virtual_ipaddress` asks for none, and addresses that are only excluded from the adverts
 * are set all the same. `inside` are the lines of the instance's block as written.
 */
export function lackOfVip(instance: VrrpInstance, inside: readonly ConfNode[]): VipLack | undefined {
  if (instance.vips.length > 0 || instance.excludedVips.length > 0 || instance.noVip) return undefined
  const lists = inside.filter((node) => node.keyword.startsWith('virtual_ipaddress'))
  const lines = lists.flatMap((node) => node.children ?? [])
  if ([...inside, ...lines].some((node) => isFilledElsewhere(node))) return 'filled-elsewhere'
  if (instance.vipBlock) return 'none-usable'
  const meantOne = inside.some((node) => node.keyword.startsWith('virt') && node.children)
  return !meantOne && inside.some((node) => node.keyword.startsWith('notify')) ? 'moved-by-script' : 'none-listed'
}
