import { describe, expect, it } from 'vitest'
import { confKey, effective, type SysctlKey, sysctlNumber } from '../../src/kernel/sysctl.ts'
import { conf } from './facts.ts'

describe('effective', () => {
  it.each([
    ['rp_filter', 'all.rp_filter=1 eth0.rp_filter=2', 2],
    ['rp_filter', 'all.rp_filter=1 eth0.rp_filter=0', 1],
    ['rp_filter', 'all.rp_filter=0 eth0.rp_filter=1', 1],
    ['rp_filter', 'all.rp_filter=0 eth0.rp_filter=0', 0],
    ['arp_ignore', 'all.arp_ignore=1 eth0.arp_ignore=0', 1],
    ['arp_announce', 'all.arp_announce=0 eth0.arp_announce=2', 2],
    ['send_redirects', 'all.send_redirects=0 eth0.send_redirects=1', 1],
    ['accept_local', 'all.accept_local=1 eth0.accept_local=0', 1],
    ['forwarding', 'all.forwarding=1 eth0.forwarding=0', 0],
    ['accept_source_route', 'all.accept_source_route=0 eth0.accept_source_route=1', 0],
    ['accept_redirects', 'all.accept_redirects=0 eth0.accept_redirects=1 eth0.forwarding=1', 0],
    ['accept_redirects', 'all.accept_redirects=0 eth0.accept_redirects=1 eth0.forwarding=0', 1],
  ] as const)('%s of %s is %i', (key, values, expected) => {
    expect(effective(conf(values), key, 'eth0')?.value).toBe(expected)
  })

  it.each([
    ['one half settles a switch', 'send_redirects', 'all.send_redirects=1', { value: 1, atLeast: 1 }],
    ['one half off settles nothing', 'send_redirects', 'all.send_redirects=0', { atLeast: 0 }],
    ['at least what one half says', 'arp_ignore', 'all.arp_ignore=1', { atLeast: 1 }],
    ['more is not possible', 'rp_filter', 'eth0.rp_filter=2', { value: 2, atLeast: 2 }],
  ] as const)('%s', (_, key, values, expected) => {
    const { cites, ...rest } = effective(conf(values), key, 'eth0') ?? { cites: [] }
    expect(rest).toEqual(expected)
    expect(cites).toHaveLength(1)
  })

  it('lo and default do not count for eth0', () => {
    const sysctl = conf('lo.arp_ignore=1 default.arp_ignore=1')
    expect(effective(sysctl, 'arp_ignore', 'eth0')).toBeUndefined()
  })

  it('all.forwarding does not stand in for the interface', () => {
    expect(effective(conf('all.forwarding=1'), 'forwarding', 'eth0')).toBeUndefined()
  })

  it('cites the deciding half first', () => {
    const lines = (values: string, key: SysctlKey): unknown =>
      effective(conf(values), key, 'eth0')?.cites.map(({ line }) => line)
    expect(lines('all.rp_filter=1 eth0.rp_filter=0', 'rp_filter')).toEqual([1, 2])
    expect(lines('all.rp_filter=0 eth0.rp_filter=1', 'rp_filter')).toEqual([2, 1])
  })

  it('finds an interface with a dot in its name', () => {
    expect(confKey('bond0.10', 'rp_filter')).toBe('net.ipv4.conf.bond0/10.rp_filter')
    expect(effective(conf('all.rp_filter=0 bond0/10.rp_filter=1'), 'rp_filter', 'bond0.10')?.value).toBe(1)
  })
})

describe('sysctlNumber', () => {
  it('does not take text for a number', () => {
    expect(sysctlNumber(conf('all.rp_filter=off'), 'net.ipv4.conf.all.rp_filter')).toBeUndefined()
    expect(sysctlNumber(conf('all.rp_filter=2'), 'net.ipv4.conf.all.rp_filter')?.value).toBe(2)
  })
})
