/** As whom keepalived runs a check script. */
import type { KeepalivedConf, VrrpScript } from '../model/facts.ts'
import { nodeFinder } from './conf-tree.ts'

/**
 * `user` of the script, else `script_user` of global_defs. undefined: keepalived_script where that user exists, else root;
 * no configuration tells which.
 */
export function scriptUser(script: VrrpScript, conf: KeepalivedConf): string | undefined {
  const own = nodeFinder(conf)('vrrp_script', script.at)?.children?.findLast(({ keyword }) => keyword === 'user')
  const shared = conf.root
    .flatMap(({ keyword, children }) => (keyword === 'global_defs' ? (children ?? []) : []))
    .findLast(({ keyword }) => keyword === 'script_user')
  return (own ?? shared)?.args[0]
}
