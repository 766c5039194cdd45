/** Listings of single tables (`iptables -S`, `iptables -t nat -L`) put together: each command shows one. */
import type { Cite, Known, NonEmpty } from '../model/evidence.ts'
import type { Facts, FilterTable } from '../model/facts.ts'
import type { Look } from './facts.ts'

type Rules = Facts['firewall']

/**
 * `chosen` is the look that stands; `looks` are those of the same program with no change in between. Of each table the last
 * listing counts, but `-L` never takes the place of `-S` or iptables-save, which show more.
 */
export function withOtherTables(chosen: Known<Rules>, looks: readonly Look<Rules>[]): Known<Rules> {
  const tables = new Map<string, { readonly table: FilterTable; readonly look: Look<Rules> }>()
  for (const look of looks) {
    for (const table of look.known.value.tables) {
      const known = tables.get(table.name)
      const poorer = look.format === 'iptables-list' && known !== undefined && known.look.format !== 'iptables-list'
      if (!poorer) tables.set(table.name, { table, look })
    }
  }
  const used = looks.filter((look) => [...tables.values()].some((one) => one.look === look))
  if (used.length < 2) return used[0]?.known ?? chosen
  return {
    ...chosen,
    value: { ...chosen.value, tables: [...tables.values()].map(({ table }) => table) },
    from: used.flatMap(({ known }) => known.from) as unknown as NonEmpty<Cite>,
    whole: used.every(({ known }) => known.whole),
    unread: used.flatMap(({ known }) => known.unread),
    earlier: chosen.earlier.filter((known) => used.every((look) => look.known.from !== known.from)),
  }
}
