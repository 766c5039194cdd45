/** What table nat makes of a packet before table filter sees it. */
import { describe, expect, it } from 'vitest'
import { type FilterPacket, pass, walk } from '../../src/kernel/filter.ts'
import { saved } from './facts.ts'

const WHOLE = { whole: true }
const SYN: FilterPacket = {
  protocol: 6,
  src: '192.0.2.7',
  dst: '10.0.0.100',
  sport: 40000,
  dport: 80,
  in: 'eth0',
  ctstate: 'NEW',
  tcpFlags: ['SYN'],
  mark: 0,
}

const rules = (nat: readonly string[], filter: readonly string[]) =>
  saved(
    [
      '*mangle',
      ':PREROUTING ACCEPT [0:0]',
      '-A PREROUTING -d 10.0.0.100/32 -p tcp -m tcp --dport 80 -j MARK --set-xmark 0x7/0xffffffff',
      'COMMIT',
      '*nat',
      ':PREROUTING ACCEPT [0:0]',
      ...nat,
      'COMMIT',
      '*filter',
      ':INPUT DROP [0:0]',
      ...filter,
      'COMMIT',
    ].join('\n'),
  )

describe('pass', () => {
  it('table filter sees the port that REDIRECT wrote, table mangle the one before', () => {
    const firewall = rules(
      ['-A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080'],
      ['-A INPUT -p tcp -m tcp --dport 8080 -m mark --mark 0x7 -j ACCEPT'],
    )
    const { verdict, nat, after } = pass(firewall, WHOLE, SYN, 'input')
    expect(verdict.verdict).toBe('accept')
    expect(nat?.target).toBe('REDIRECT')
    expect(after?.dport).toBe(8080)
  })

  it('DNAT names address and port; table nat is asked for the first packet only', () => {
    const firewall = rules(
      ['-A PREROUTING -p tcp -m tcp --dport 80 -j DNAT --to-destination 10.0.0.5:8080'],
      ['-A INPUT -d 10.0.0.5/32 -p tcp -m tcp --dport 8080 -j ACCEPT'],
    )
    expect(pass(firewall, WHOLE, SYN, 'input').verdict.verdict).toBe('accept')
    const later = pass(firewall, WHOLE, { ...SYN, ctstate: 'ESTABLISHED', tcpFlags: ['ACK'] }, 'input')
    expect(later.verdict.verdict).toBe('drop')
    expect(later.nat).toBeUndefined()
  })

  it('a range of addresses leaves the new one open: a rule that asks for it cannot be decided', () => {
    const firewall = rules(
      ['-A PREROUTING -p tcp -m tcp --dport 80 -j DNAT --to-destination 10.0.0.5-10.0.0.9'],
      ['-A INPUT -d 10.0.0.5/32 -j ACCEPT'],
    )
    expect(pass(firewall, WHOLE, SYN, 'input').verdict.verdict).toBe('unknown')
  })

  it('REDIRECT leads to the first address of the receiving interface, and to the loopback on the way out', () => {
    const redirect = '-p tcp -m tcp --dport 80 -j REDIRECT'
    const firewall = saved(
      [
        '*nat',
        ':PREROUTING ACCEPT [0:0]',
        ':OUTPUT ACCEPT [0:0]',
        `-A PREROUTING ${redirect}`,
        `-A OUTPUT ${redirect}`,
        'COMMIT',
        '',
      ].join('\n'),
    )
    expect(pass(firewall, WHOLE, { ...SYN, inAddress: '10.0.0.21' }, 'input').after?.dst).toBe('10.0.0.21')
    expect(pass(firewall, WHOLE, SYN, 'input').after).not.toHaveProperty('dst')
    expect(pass(firewall, WHOLE, { ...SYN, out: 'eth0' }, 'output').after?.dst).toBe('127.0.0.1')
  })

  it('what the host sends elsewhere after nat leaves by another interface, but OUTPUT still has the first one', () => {
    const firewall = saved(
      [
        '*mangle',
        ':POSTROUTING DROP [0:0]',
        '-A POSTROUTING -o eth1 -j ACCEPT',
        'COMMIT',
        '*filter',
        ':OUTPUT DROP [0:0]',
        '-A OUTPUT -o eth0 -j ACCEPT',
        'COMMIT',
        '',
      ].join('\n'),
    )
    const { in: _, ...packet } = SYN
    const before = { ...packet, out: 'eth0' }
    const after = { ...packet, dst: '10.1.0.5', out: 'eth1' }
    expect(walk(firewall, WHOLE, before, 'output', after).verdict).toBe('accept')
    expect(walk(firewall, WHOLE, before, 'output').verdict).toBe('drop')
  })
})
