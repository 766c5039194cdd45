/** global_defs. */
import type { ConfNode, KeepalivedConf } from '../../model/facts.ts'
import { flagOf, given, linesOf, numberOf, wordOf } from './values.ts'

/** The global settings that decide how instances behave. Several `global_defs` blocks count as one. */
export function readGlobals(root: readonly ConfNode[]): KeepalivedConf['globals'] {
  const nodes = linesOf(root, 'global_defs')
  return {
    ...given('routerId', wordOf(nodes, 'router_id')),
    ...given('strict', flagOf(nodes, 'vrrp_strict')),
    ...given('vrrpVersion', numberOf(nodes, 'vrrp_version')),
    ...given('dynamicInterfaces', flagOf(nodes, 'dynamic_interfaces')),
    ...given('scriptSecurity', flagOf(nodes, 'enable_script_security')),
  }
}
