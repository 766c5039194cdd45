import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../src/model/errors.ts'
import type { FilterRule } from '../../src/model/facts.ts'
import { iptablesSave } from '../../src/parsers/iptables.ts'
import { plain, sectionOf } from './section.ts'

const read = (text: string, command = 'iptables-save') => iptablesSave.parse(sectionOf(text, { command }))
const lost = (text: string, command?: string) => read(text, command).unread.map((line) => plain(line.at))

function ruleOf(specification: string): FilterRule {
  const reading = read(`-P INPUT ACCEPT\n-A INPUT ${specification}`, 'iptables -S')
  expect(reading.unread).toEqual([])
  return reading.value.tables[0]?.chains[0]?.rules[0] as FilterRule
}

describe('one rule', () => {
  it('has no target when it only counts', () => {
    expect(ruleOf('-p vrrp')).toEqual({
      matches: [{ option: 'p', not: false, values: ['vrrp'] }],
      at: { section: 'test#1', line: 2 },
      text: '-A INPUT -p vrrp',
    })
  })

  it('knows negation before and behind the option', () => {
    expect(ruleOf('! -s 10.0.0.0/8 -j DROP').matches).toEqual(ruleOf('-s ! 10.0.0.0/8 -j DROP').matches)
    expect(ruleOf('! -s 10.0.0.0/8 -j DROP').matches).toEqual([{ option: 's', not: true, values: ['10.0.0.0/8'] }])
    expect(ruleOf('-m socket ! -s 10.0.0.1').matches).toEqual([
      { option: 's', not: true, values: ['10.0.0.1'] },
      { option: 'socket', module: 'socket', not: false, values: [] },
    ])
  })

  it('maps long names to the letters', () => {
    const long = ruleOf('--protocol tcp --source 10.0.0.1 --destination 10.0.0.2 --in-interface eth0 --jump ACCEPT')
    expect(long.matches.map((match) => match.option)).toEqual(['p', 's', 'd', 'i'])
    expect(long.target).toEqual({ name: 'ACCEPT', goto: false, options: {} })
  })

  it('gives an option to the module before it, or to the protocol', () => {
    expect(ruleOf('-p tcp -m state --state NEW -m tcp --dport 22').matches.slice(1)).toEqual([
      { option: 'state', module: 'state', not: false, values: ['NEW'] },
      { option: 'dport', module: 'tcp', not: false, values: ['22'] },
    ])
    expect(ruleOf('-p udp --destination-port 53').matches[1]).toEqual({
      option: 'dport',
      module: 'udp',
      not: false,
      values: ['53'],
    })
  })

  it('keeps a module without options as a condition, unless the protocol says it already', () => {
    expect(ruleOf('-m rpfilter -j DROP').matches).toEqual([
      { option: 'rpfilter', module: 'rpfilter', not: false, values: [] },
    ])
    expect(ruleOf('-p udp -m udp -j RETURN').matches).toHaveLength(1)
  })

  it('is not fooled by a comment that looks like options', () => {
    const rule = ruleOf('-m comment --comment "! -j DROP" -j ACCEPT')
    expect(rule.matches[0]?.values).toEqual(['! -j DROP'])
    expect(rule.target?.name).toBe('ACCEPT')
  })

  it('tells goto from jump and keeps the options of a target', () => {
    expect(ruleOf('-g OTHER').target).toEqual({ name: 'OTHER', goto: true, options: {} })
    expect(ruleOf('-j LOG --log-prefix "drop: " --log-tcp-options').target?.options).toEqual({
      'log-prefix': 'drop: ',
      'log-tcp-options': '',
    })
  })

  it('reads matches behind the target, as people type them', () => {
    const rule = ruleOf('-j ACCEPT -p tcp --dport 80')
    expect(rule.matches.map((match) => match.option)).toEqual(['p', 'dport'])
    expect(rule.target?.options).toEqual({})
  })

  it.each(['-p', '-p tcp udp', '-m', '-j', '! -j DROP', '-j A -j B', 'loose words', '--comment "open', '-c 1 x', '!'])(
    'that iptables would not load is unread: %s',
    (specification) => {
      expect(lost(`-P INPUT ACCEPT\n-A INPUT ${specification}`, 'iptables -S')).toEqual([2])
    },
  )
})

describe('tables and chains', () => {
  it('takes the table of iptables -S from the command', () => {
    for (const command of ['iptables -t nat -S', 'iptables -tnat -S', 'iptables --table=nat -S'])
      expect(read('-P INPUT ACCEPT', command).value.tables[0]?.name).toBe('nat')
    expect(read('-P INPUT ACCEPT', 'iptables -S').value.tables[0]?.name).toBe('filter')
    expect(read('-P INPUT ACCEPT', 'ssh -t raw1 iptables -S').value.tables[0]?.name).toBe('filter')
  })

  it('has all tables only when nothing was left out', () => {
    const text = '*filter\n:INPUT ACCEPT [0:0]\nCOMMIT'
    expect(read(text).value.allTables).toBe(true)
    expect(read(text, 'iptables-save -t filter').value.allTables).toBe(false)
    expect(
      read(`# Warning: iptables-legacy tables present, use iptables-legacy-save to see them\n${text}`).value,
    ).toMatchObject({
      allTables: false,
      warnings: [{ line: 1 }],
    })
  })

  it('ends with the COMMIT of every table', () => {
    expect(read('*filter\n:INPUT ACCEPT [0:0]\nCOMMIT').ends).toBe(true)
    expect(read('*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n*nat\n:OUTPUT ACCEPT [0:0]').ends).toBe(false)
    expect(read('-P INPUT ACCEPT', 'iptables -S').ends).toBe(false)
  })

  it('leaves a rule of an undeclared chain unread: it cannot be loaded', () => {
    expect(lost('*filter\n:INPUT ACCEPT [0:0]\n-A RH-Firewall-1-INPUT -p vrrp -j ACCEPT\nCOMMIT')).toEqual([3])
  })

  it('does not mix a second listing into the first', () => {
    const filter = '-P INPUT ACCEPT\n-P FORWARD ACCEPT\n-P OUTPUT ACCEPT'
    const reading = read(`${filter}\n-P INPUT DROP\n-A INPUT -j DROP`, 'iptables -S; iptables -t nat -S')
    expect(reading.unread.map((line) => line.at.line)).toEqual([4, 5])
    expect(reading.value.tables[0]?.chains[0]).toMatchObject({ name: 'INPUT', policy: 'ACCEPT', rules: [] })
  })

  it('reads no rule after COMMIT into the table before', () => {
    expect(lost('*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n-A INPUT -j DROP')).toEqual([4])
  })

  it('tells the backend from the first comment', () => {
    const text = '*filter\n:INPUT ACCEPT [0:0]\nCOMMIT'
    const by = (version: string) => read(`# Generated by iptables-save ${version} on Fri Nov 20\n${text}`).value.backend
    expect(by('v1.8.9 (nf_tables)')).toBe('nf_tables')
    expect(by('v1.8.9')).toBe('legacy')
    expect(by('v1.4.21')).toBe('legacy')
    expect(read(text).value.backend).toBe('unknown')
  })

  it('passes over IPv6 rules that follow', () => {
    const v4 = '# Generated by iptables-save v1.8.9 on x\n*filter\n:INPUT ACCEPT [0:0]\nCOMMIT'
    const v6 = '# Generated by ip6tables-save v1.8.9 on x\n*filter\n:INPUT DROP [0:0]\nCOMMIT'
    expect(read(`${v4}\n${v6}`).value.tables).toEqual(read(v4).value.tables)
    expect(() => read(v6)).toThrow(NotUnderstood)
    expect(() => read('-P INPUT DROP', 'ip6tables -S')).toThrow(NotUnderstood)
  })
})

it.each([
  '',
  '\n\n',
  '# Generated by iptables-save v1.8.9 on x',
  '-A INPUT -p vrrp -j ACCEPT',
  'iptables: Permission denied',
])('is not understood: %j', (text) => {
  expect(() => read(text)).toThrow(NotUnderstood)
})
