/** arptables on the way out: the other way to keep a VIP from being the sender of ARP requests. */
import { inCidr } from '../lib/ip.ts'
import type { Fact } from '../model/evidence.ts'
import type { ArpTables } from '../model/facts.ts'
import type { Answer } from './filter/packet.ts'

/** Do the rules drop requests that name `vip` as sender on `dev`, or write another sender into them (`-j mangle --mangle-ip-s`)? Not listed counts as no rules: few hosts have any. */
export function arpRulesDisguise(arptables: Fact<ArpTables>, vip: string, dev: string): Answer {
  if (arptables.state === 'missing') return 'no'
  for (const chain of arptables.value.chains) {
    if (chain.name !== 'OUTPUT' && chain.name !== 'OUT') continue
    for (const { text } of chain.rules) {
      const words = text.split(/\s+/)
      const option = (...names: readonly string[]): string | undefined => {
        const index = words.findIndex((word) => names.includes(word))
        return index < 0 ? undefined : words[index + 1]
      }
      // arptables_jf of CentOS 6 prints columns: target, source, destination.
      const columns = !text.startsWith('-')
      const jump = columns ? words[0] : option('-j', '--jump')
      const source = columns ? words[1] : option('-s', '--src-ip', '--source-ip')
      const face = option('-o', '--out-interface')
      if (face !== undefined && face !== '*' && face !== dev) continue
      if (arptables.value.chains.some((other) => other.name === jump)) return 'unknown'
      if (source !== undefined && !isAbout(source, vip)) continue
      // Anything narrower than "all that comes from the VIP": not followed here.
      if (words.includes('!') || option('-d', '--dst-ip', '--destination-ip') !== undefined) return 'unknown'
      if (jump === 'DROP') return 'yes'
      const written = option('--mangle-ip-s')
      if (jump === 'mangle' && written !== undefined) return written === vip ? 'no' : 'yes'
      return jump === 'ACCEPT' ? 'no' : 'unknown'
    }
    if (chain.policy === 'DROP') return 'yes'
  }
  return 'no'
}

function isAbout(source: string, vip: string): boolean {
  if (source === 'anywhere') return true
  return source === vip || (source.includes('/') && inCidr(vip, source))
}
