import { describe, expect, it } from 'vitest'
import { forwards } from '../../src/kernel/forwarding.ts'
import type { Sysctl } from '../../src/model/facts.ts'
import { sysctl } from '../../src/parsers/sysctl.ts'
import { sectionOf } from '../parsers/section.ts'

function read(...lines: readonly string[]): Sysctl {
  return sysctl.parse(sectionOf(lines.join('\n'), { command: 'sysctl -a' })).value
}

const own = (value: number): string => `net.ipv4.conf.eth1.forwarding = ${value}`
const master = (value: number): string => `net.ipv4.ip_forward = ${value}`

describe('forwarding', () => {
  it('is what the receiving interface says, whatever net.ipv4.ip_forward says', () => {
    expect(forwards(read(own(0), master(1)), 'eth1')).toMatchObject({ is: 'no', master: 1 })
    expect(forwards(read(own(1), master(0)), 'eth1')).toMatchObject({ is: 'yes', master: 0 })
  })

  it('of an interface that was not read: 0 in net.ipv4.ip_forward is taken for off, 1 proves nothing', () => {
    expect(forwards(read(master(0)), 'eth1').is).toBe('no')
    expect(forwards(read('net.ipv4.conf.all.forwarding = 0'), 'eth1').is).toBe('no')
    expect(forwards(read(master(1)), 'eth1').is).toBe('unknown')
    expect(forwards(read('net.ipv4.ip_default_ttl = 64'), 'eth1')).toEqual({ is: 'unknown', cites: [] })
  })

  it('of an interface nobody knows: off only where no interface is on', () => {
    expect(forwards(read(master(0), own(0)), undefined).is).toBe('no')
    expect(forwards(read(master(0), own(1)), undefined).is).toBe('unknown')
    expect(forwards(read(master(0), 'net.ipv4.conf.default.forwarding = 1'), undefined).is).toBe('no')
  })

  it('of a VLAN, whose dot sysctl writes as a slash', () => {
    expect(forwards(read('net.ipv4.conf.eth0/10.forwarding = 0'), 'eth0.10').is).toBe('no')
    expect(forwards(read(master(0), 'net.ipv4.conf.eth0/10.forwarding = 1'), undefined).is).toBe('unknown')
  })

  it('is open again once somebody typed the switch after the look: that overwrote the interface', () => {
    const seen = read(own(0), master(0))
    const at = { section: 'typed', line: 9 }
    const entries = new Map([
      ...seen.entries,
      ['net.ipv4.ip_forward', { key: 'net.ipv4.ip_forward', value: '1', at, by: 'typed' as const }],
    ])
    expect(forwards({ entries }, 'eth1').is).toBe('unknown')
  })
})
