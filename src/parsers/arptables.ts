/** `arptables -L -n`, `arptables -S` and `arptables-save`, of arptables, arptables-nft and arptables_jf (CentOS 6). */
import { NotUnderstood } from '../model/errors.ts'
import { citeLine, type Parser, type Reading, type Section, type Unread, unreadLine } from '../model/evidence.ts'
import type { ArpTables } from '../model/facts.ts'

type Chain = ArpTables['chains'][number]
type OpenChain = Omit<Chain, 'rules'> & { readonly rules: Chain['rules'][number][] }

const DECLARATIONS = [
  /^Chain (\S+) \(policy (\w+)/,
  /^Chain (\S+) \(\d+ references\)$/,
  /^:(\S+) (\w+|-)(?: \[\d+:\d+\])?$/,
  /^-P (\S+) (\w+)$/,
  /^-N (\S+)$/,
]

/** arptables_jf prints a table: nine columns under a line of titles. */
const TITLES = /^target +source-ip +destination-ip +source-hw/
const COLUMNS = 9

/** Counters of `-v` say nothing about what a rule does. */
function ruleText(text: string): string {
  return text.replace(/ ?, pcnt=\d+ -- bcnt=\d+$/, '').trim()
}

/**
 * Chains with their rules as text: what stands behind `-A CHAIN`, so that all ways to print a rule give the same.
 * @throws NotUnderstood without any chain. `-L` prints the built-in chains even when they are empty.
 */
export const arptables: Parser<ArpTables> = {
  format: 'arptables',
  parse(section: Section): Reading<ArpTables> {
    const chains = new Map<string, OpenChain>()
    const unread: Unread[] = []
    let listed: OpenChain | undefined
    let titles = false
    let lost = false
    const line = (text: string, index: number): boolean => {
      if (lost) return false
      const at = citeLine(section, index)
      for (const declaration of DECLARATIONS) {
        const found = declaration.exec(text)
        if (found === null) continue
        const name = found[1] as string
        const policy = found[2] === undefined || found[2] === '-' ? {} : { policy: found[2] }
        // The listing of another program begins: which rules belong to whom can no longer be told.
        if (chains.has(name)) {
          lost = true
          return false
        }
        const chain: OpenChain = { name, ...policy, rules: [], at }
        chains.set(name, chain)
        listed = text.startsWith('Chain ') ? chain : undefined
        return true
      }
      const appended = /^(?:\[\d+:\d+\] )?-A (\S+) (.+)$/.exec(text)
      const chain = appended === null ? listed : chains.get(appended[1] as string)
      if (chain === undefined) return false
      const rule = appended?.[2] ?? text
      if (!rule.startsWith('-') && !(titles && rule.split(/\s+/, COLUMNS).length === COLUMNS)) return false
      chain.rules.push({ text: ruleText(rule), at })
      return true
    }
    section.lines.forEach((raw, index) => {
      const text = raw.trim()
      if (text === '' || text.startsWith('#') || text === '*filter' || text === 'COMMIT') return
      if (TITLES.test(text)) titles = true
      else if (!line(text, index)) unread.push(unreadLine(section, index))
    })
    if (chains.size === 0) throw new NotUnderstood('no arptables chain')
    return { value: { chains: [...chains.values()] }, unread }
  },
}
