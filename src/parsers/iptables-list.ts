/** `iptables -L`, with or without `-n`, `-v`, `-x`, `--line-numbers`, `-t TABLE`. */
import { NotUnderstood } from '../model/errors.ts'
import { citeLine, type Parser, type Reading, type Section, type Unread, unreadLine } from '../model/evidence.ts'
import type { FilterChain, FilterRule, Firewall } from '../model/facts.ts'
import { type Columns, columnsOf, counted, readRow } from './iptables/columns.ts'
import { tableOfCommand } from './iptables/header.ts'

type OpenChain = Omit<FilterChain, 'rules'> & { readonly rules: FilterRule[] }

/** One rule of a chain was asked for: `iptables -nvL INPUT 3`. */
const ONE_RULE = /\s(?:-\w*L|--list)[\s=]+[^-\s]\S*\s+\d/

/**
 * One table. A rule's text is its row. What a row says of a condition and nobody understands makes the rule undecidable, not
 * unread; so does a listing without `-v`, which hides the interfaces. `[goto]` and counters with K, M, G are understood.
 * @throws NotUnderstood without any `Chain … (policy …` or `(N references)` line
 */
export const iptablesList: Parser<Firewall> = {
  format: 'iptables-list',
  parse(section: Section): Reading<Firewall> {
    const chains = new Map<string, OpenChain>()
    const unread: Unread[] = []
    let chain: OpenChain | undefined
    let columns: Columns | undefined
    section.lines.forEach((raw, index) => {
      const text = raw.trim()
      if (text === '' || text.startsWith('#')) return
      const at = citeLine(section, index)
      const head = /^Chain (\S+) \((?:policy ([A-Z]+)(?: (\S+) packets, (\S+) bytes)?|\d+ references)\)$/.exec(text)
      if (head) {
        chain = opened(head, at)
        columns = undefined
        // The listing of another table or back end begins, and nothing says which.
        if (chain && chains.has(chain.name)) chain = undefined
        if (chain) chains.set(chain.name, chain)
        else unread.push(unreadLine(section, index))
        return
      }
      if (chain && columns === undefined) {
        columns = columnsOf(text)
        if (columns) return
      }
      const rule = chain && columns && readRow(text, columns)
      if (chain && rule) chain.rules.push({ ...rule, at, text })
      else unread.push(unreadLine(section, index))
    })
    const [first] = chains.values()
    if (first === undefined) throw new NotUnderstood('no chain of iptables -L')
    const partial = ONE_RULE.test(section.command) || section.command.includes('|')
    const name = tableOfCommand(section.command) ?? tableByChains(chains)
    return {
      value: { backend: 'unknown', tables: [{ name, chains: [...chains.values()], at: first.at }], allTables: false },
      unread,
      ...(partial ? { partial: true } : {}),
    }
  },
}

function opened(head: RegExpExecArray, at: FilterChain['at']): OpenChain | undefined {
  const [, name = '', policy, packets, bytes] = head
  if (policy !== undefined && policy !== 'ACCEPT' && policy !== 'DROP') return undefined
  return {
    name,
    ...(policy === undefined ? {} : { policy }),
    ...counted(packets, bytes),
    rules: [],
    at,
  }
}

/** Built-in chains tell the table where the command is not known; INPUT, FORWARD and OUTPUT are filter's. */
function tableByChains(chains: ReadonlyMap<string, OpenChain>): string {
  const builtIn = (name: string): boolean => chains.get(name)?.policy !== undefined
  if (!builtIn('PREROUTING') && !builtIn('POSTROUTING')) return 'filter'
  if (builtIn('FORWARD')) return 'mangle'
  return builtIn('POSTROUTING') ? 'nat' : 'raw'
}
