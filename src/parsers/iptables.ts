/** `iptables-save` (with or without `-c`) and `iptables -S`, also of older releases. IPv4 only. */
import { NotUnderstood } from '../model/errors.ts'
import {
  type Cite,
  citeLine,
  type Parser,
  type Reading,
  type Section,
  type Unread,
  unreadLine,
} from '../model/evidence.ts'
import type { Firewall } from '../model/facts.ts'
import { readComment, tableOfCommand } from './iptables/header.ts'
import { TableReader } from './iptables/tables.ts'

/**
 * Firewall from the rules as iptables itself prints them. `ends` when every `*table` has its COMMIT.
 * A rule for a chain that the text never declares cannot be loaded: that line is unread. IPv6 rules printed after the
 * IPv4 ones are passed over.
 * @throws NotUnderstood without a single `*table`, `:CHAIN`, `-P` or `-N` line of IPv4. A host without any table
 * prints nothing at all, which looks the same as a failed command.
 */
export const iptablesSave: Parser<Firewall> = {
  format: 'iptables-save',
  parse(section: Section): Reading<Firewall> {
    const typedTable = tableOfCommand(section.command)
    const reader = new TableReader(section, typedTable ?? 'filter')
    const unread: Unread[] = []
    const warnings: Cite[] = []
    let backend: Firewall['backend'] = 'unknown'
    let ipv6 = /\bip6tables/.test(section.command)
    section.lines.forEach((raw, index) => {
      const text = raw.trim()
      if (text === '') return
      if (text.startsWith('#')) {
        const comment = readComment(text)
        if (comment.says === 'warning') warnings.push(citeLine(section, index))
        if (comment.says !== 'generated') return
        ipv6 = comment.ipv6
        if (!ipv6) backend = comment.backend
      } else if (!ipv6 && !reader.take(text, index)) unread.push(unreadLine(section, index))
    })
    const tables = reader.tables
    if (tables.length === 0) throw new NotUnderstood('no table, chain or policy line')
    return {
      value: {
        backend,
        tables,
        allTables: reader.starred && typedTable === undefined && warnings.length === 0,
        ...(warnings.length === 0 ? {} : { warnings }),
      },
      unread,
      ends: reader.committed,
    }
  },
}
