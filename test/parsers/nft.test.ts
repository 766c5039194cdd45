import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../src/model/errors.ts'
import { nft } from '../../src/parsers/nft.ts'
import { sectionOf } from './section.ts'

const read = (text: string) => nft.parse(sectionOf(text))

describe('nft list ruleset', () => {
  it('passes over named objects however deep their braces are', () => {
    const text = `table inet fw {
\tmap m {
\t\ttype ipv4_addr : verdict
\t\telements = { 10.0.0.1 : jump { drop },
\t\t\t     10.0.0.2 : accept }
\t}

\tchain in {
\t\taccept
\t}
}`
    expect(read(text).value.tables[0]?.chains).toMatchObject([
      { name: 'in', rules: [{ text: 'accept', at: { line: 9 } }] },
    ])
  })

  it('is not led astray by braces and number signs in quotes', () => {
    const text = 'table inet fw {\n\tchain in {\n\t\tlog prefix "} # {" accept # handle 7\n\t}\n}'
    expect(read(text).value.tables[0]?.chains[0]?.rules[0]?.text).toBe('log prefix "} # {" accept')
    expect(read(text).ends).toBe(true)
  })

  it('marks only the tables that iptables manages', () => {
    const text = `# Warning: table ip filter is managed by iptables-nft, do not touch!
table ip filter {
}
table ip mine {
}`
    expect(read(text).value.tables.map((table) => table.ofIptables)).toEqual([true, false])
  })

  it('says that a cut text has no end', () => {
    expect(read('table ip filter {\n\tchain INPUT {\n\t\taccept').ends).toBe(false)
    expect(read('table ip a {\n\tchain b {\n\t\taccept\ntable ip c {\n}').ends).toBe(false)
  })

  it('does not hide that a table is switched off', () => {
    expect(read('table ip filter {\n\tflags dormant\n}').unread.map((line) => line.at.line)).toEqual([2])
  })

  it.each(['', 'Operation not permitted (you must be root)', 'chain x {\n}', '# table ip filter {'])(
    'is not understood: %j',
    (text) => {
      expect(() => read(text)).toThrow(NotUnderstood)
    },
  )
})
