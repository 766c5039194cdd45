/** `iptables -L` tells the packet walk the same as iptables-save does, as far as it shows it. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type FilterPacket, walk } from '../../src/kernel/filter.ts'
import type { Firewall } from '../../src/model/facts.ts'
import { iptablesSave } from '../../src/parsers/iptables.ts'
import { iptablesList } from '../../src/parsers/iptables-list.ts'
import { sectionOf } from './section.ts'

const OUTPUTS = resolve(import.meta.dirname, '../../fixtures/outputs')
const output = (path: string): string => readFileSync(`${OUTPUTS}/${path}.txt`, 'utf8')

const saved = iptablesSave.parse(sectionOf(output('iptables-save/debian-12-every-match'))).value
const listed = iptablesList.parse(sectionOf(output('iptables-list/debian-12-every-match'))).value
const named = iptablesList.parse(sectionOf(output('iptables-list/debian-12-names'))).value

/** The rules of one chain of table filter, in a firewall of their own: one rule decides, the policy says no. */
function alone(firewall: Firewall, index: number): Firewall {
  const [table] = firewall.tables.filter(({ name }) => name === 'filter')
  const [input] = table?.chains.filter(({ name }) => name === 'INPUT') ?? []
  if (!table || !input) throw new Error('no INPUT')
  const others = table.chains.filter(({ name }) => name !== 'INPUT')
  const chain = { ...input, policy: 'DROP' as const, rules: input.rules.slice(index, index + 1) }
  return { ...firewall, tables: [{ ...table, chains: [chain, ...others] }] }
}

const tcp = { protocol: 6, src: '10.0.0.9', dst: '10.0.0.2', sport: 40000, in: 'eth0', tcpFlags: ['SYN'] } as const
const PACKETS: readonly FilterPacket[] = [
  { ...tcp, dport: 80, ctstate: 'NEW', mark: 0, srcMac: '02:00:00:00:00:aa', local: ['10.0.0.2/24'] },
  {
    ...tcp,
    dport: 443,
    ctstate: 'ESTABLISHED',
    mark: 1,
    tcpFlags: ['ACK'],
    in: 'eth1',
    src: '10.1.0.1',
    dst: '10.3.0.1',
  },
  {
    ...tcp,
    dport: 22,
    ctstate: 'INVALID',
    mark: 2,
    in: 'lo',
    src: '192.0.2.1',
    dst: '10.0.0.255',
    local: ['10.0.0.2/24'],
  },
  { protocol: 17, src: '10.0.0.9', dst: '10.0.0.2', sport: 53, dport: 5000, ctstate: 'NEW', mark: 0, in: 'eth0' },
  { protocol: 112, src: '10.0.0.9', dst: '224.0.0.18', ctstate: 'NEW', mark: 0, in: 'eth0' },
  { protocol: 1, src: '10.0.0.9', dst: '10.0.0.2', icmpType: 3, icmpCode: 4, ctstate: 'RELATED', mark: 0, in: 'eth0' },
  { protocol: 1, src: '10.0.0.9', dst: '10.0.0.2', icmpType: 8, icmpCode: 0, ctstate: 'NEW', mark: 0, in: 'eth0' },
  { protocol: 4, src: '10.0.0.9', dst: '10.0.0.2', ctstate: 'NEW', mark: 0, in: 'eth0' },
]

const rules =
  saved.tables.find(({ name }) => name === 'filter')?.chains.find(({ name }) => name === 'INPUT')?.rules ?? []

describe('iptables -L', () => {
  it.each(rules.map(({ text }, index) => [text, index] as const))('%s', (_, index) => {
    for (const packet of PACKETS) {
      const is = (firewall: Firewall): string => walk(alone(firewall, index), { whole: true }, packet, 'input').verdict
      expect(is(listed), JSON.stringify(packet)).toBe(is(saved))
      // Without -v a row hides its interfaces: never certain where iptables-save knows of none, never wrong.
      if (is(named) !== 'unknown') expect(is(named) === 'accept').toBe(is(saved) === 'accept')
    }
  })

  it('reads counters, rounded ones too, and the table from the command or the chains', () => {
    const text = `Chain PREROUTING (policy ACCEPT 12K packets, 3456M bytes)
num   pkts bytes target     prot opt in     out     source               destination
1      17M  102K MARK       tcp  --  *      *       0.0.0.0/0            10.0.0.1            tcp dpt:80 MARK set 0x1

Chain INPUT (policy ACCEPT 0 packets, 0 bytes)
num   pkts bytes target     prot opt in     out     source               destination

Chain FORWARD (policy ACCEPT 0 packets, 0 bytes)
num   pkts bytes target     prot opt in     out     source               destination
`
    const [table] = iptablesList.parse(sectionOf(text)).value.tables
    expect(table?.name).toBe('mangle')
    const [chain] = table?.chains ?? []
    expect(chain?.counters).toEqual({ packets: 12_000, bytes: 3_456_000_000 })
    expect(chain?.rules[0]?.counters).toEqual({ packets: 17_000_000, bytes: 102_000 })
    expect(chain?.rules[0]?.target).toEqual({ name: 'MARK', goto: false, options: { 'set-xmark': '0x1' } })
  })

  it('words that nobody knows make the rule undecidable, and are told', () => {
    const text = `Chain INPUT (policy ACCEPT)
target     prot opt in     out     source               destination
DROP       all  --  *      *       0.0.0.0/0            0.0.0.0/0            phase of the moon full
`
    const firewall = iptablesList.parse(sectionOf(text)).value
    const verdict = walk(firewall, { whole: true }, PACKETS[4] as FilterPacket, 'input')
    expect([verdict.verdict, verdict.option]).toEqual(['unknown', 'phase of the moon full'])
  })
})
