/** Strict and accept mode: does keepalived itself drop what is sent to the VIP? */
import type { Cite } from '../model/evidence.ts'
import { nodeFinder } from './conf-tree.ts'
import { effectiveVrrp, OWNER_PRIORITY, type Speaker } from './vrrp.ts'

type Instance = Pick<Speaker, 'conf' | 'instance'>

/** `strict_mode` of the instance, else vrrp_strict of global_defs. */
export function isStrict({ conf, instance }: Instance): boolean {
  return instance.strict ?? conf.value.globals.strict !== undefined
}

/** The line that makes the instance strict, or the instance. */
export function strictLine(speaker: Instance): Cite {
  const { conf, instance } = speaker
  if (!isStrict(speaker)) return instance.at
  return insideLine(speaker, /^strict_mode$/) ?? conf.value.globals.strict ?? instance.at
}

/**
 * A strict instance accepts nothing for its VIPs unless it owns them (priority 255), and version 2 knows no `accept` in
 * strict mode: keepalived takes it back (vrrp_complete_instance). Without strict mode only `no_accept` refuses.
 */
export function dropsVips(speaker: Instance): boolean {
  const { version, priority } = effectiveVrrp(speaker)
  if (priority === OWNER_PRIORITY) return false
  const strict = isStrict(speaker)
  if (strict && version === 2) return true
  return !(speaker.instance.accept ?? !strict)
}

/** The line to blame for the drop: `no_accept`, else what makes it strict. */
export function dropLine(speaker: Instance): Cite {
  return (speaker.instance.accept === false ? insideLine(speaker, /^no_accept$/) : undefined) ?? strictLine(speaker)
}

/** Strict mode and unicast exclude each other: keepalived refuses such an instance, and no VIP of it comes up. */
export function isRefused(speaker: Instance): boolean {
  return isStrict(speaker) && effectiveVrrp(speaker).unicast
}

function insideLine({ conf, instance }: Instance, keyword: RegExp): Cite | undefined {
  const inside = nodeFinder(conf.value)('vrrp_instance', instance.at)?.children ?? []
  return inside.findLast((node) => keyword.test(node.keyword))?.at
}
