/** arptables as the other way to keep a real server silent: a rule that drops requests for the VIP. */
import { inCidr } from '../lib/ip.ts'
import type { Fact } from '../model/evidence.ts'
import type { ArpTables } from '../model/facts.ts'
import type { Answer } from './filter/packet.ts'

/** Do the rules keep the host from answering for `vip` on `dev`? Not listed counts as no rules: few hosts have any. */
export function arpRulesHide(arptables: Fact<ArpTables>, vip: string, dev: string): Answer {
  if (arptables.state === 'missing') return 'no'
  for (const chain of arptables.value.chains) {
    if (chain.name !== 'INPUT' && chain.name !== 'IN') continue
    for (const rule of chain.rules) {
      const [, jump] = /-j (\S+)/.exec(rule.text) ?? []
      const face = /-i (\S+)/.exec(rule.text)?.[1]
      if (face !== undefined && face !== '*' && face !== dev) continue
      // A chain of its own: what it does is not followed here.
      if (arptables.value.chains.some((other) => other.name === jump)) return 'unknown'
      if (!aboutTarget(rule.text, vip)) continue
      if (/\bDROP\b/.test(rule.text)) return /!/.test(rule.text) ? 'unknown' : 'yes'
      if (/\bACCEPT\b/.test(rule.text)) return 'no'
      return 'unknown'
    }
    if (chain.policy === 'DROP') return 'yes'
  }
  return 'no'
}

/** `-d VIP`, `--destination-ip VIP`, or a whole network with it. */
function aboutTarget(text: string, vip: string): boolean {
  const named = /(?:^|\s)(?:-d|--dst-ip|--destination-ip)\s+(\S+)/.exec(text)?.[1]
  if (named === undefined) return text.split(/\s+/).includes(vip)
  return named === vip || inCidr(vip, named.includes('/') ? named : `${named}/32`)
}
