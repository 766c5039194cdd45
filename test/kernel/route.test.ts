import { describe, expect, it } from 'vitest'
import { type Flow, route, selectSource } from '../../src/kernel/route.ts'
import { links, routes, rules } from './facts.ts'

/** A real server with two uplinks and the VIP on lo. */
const LINKS = links(`1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    inet 127.0.0.1/8 scope host lo
    inet 10.0.0.100/32 scope global lo
2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000
    inet 10.0.0.21/24 brd 10.0.0.255 scope global eth0
3: eth1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000
    inet 10.1.0.21/24 brd 10.1.0.255 scope global eth1
4: eth2: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN group default qlen 1000
    inet 10.2.0.21/24 scope global eth2
`)
const MAIN = routes(`default via 10.0.0.1 dev eth0
10.0.0.0/24 dev eth0 proto kernel scope link src 10.0.0.21
10.1.0.0/24 dev eth1 proto kernel scope link src 10.1.0.21
192.0.2.0/24 via 10.1.0.1 dev eth1 metric 50
192.0.2.0/24 via 10.0.0.9 dev eth0 metric 100
198.51.100.0/24 proto static
	nexthop via 10.0.0.8 dev eth0 weight 1
	nexthop via 10.1.0.8 dev eth1 weight 1
blackhole 203.0.113.0/24
unreachable 203.0.113.128/25
`)

function way(flow: Flow, policy?: string, listing = MAIN): string {
  const { is, dev, via } = route(listing, policy === undefined ? undefined : rules(policy), flow, LINKS)
  return [is, via, dev].filter((word) => word !== undefined).join(' ')
}

describe('route', () => {
  it.each([
    ['default', '8.8.8.8', 'unicast 10.0.0.1 eth0'],
    ['longest prefix', '10.1.0.9', 'unicast eth1'],
    ['lowest metric', '192.0.2.7', 'unicast 10.1.0.1 eth1'],
    ['several ways', '198.51.100.7', 'unicast'],
    ['its own address', '10.0.0.21', 'local eth0'],
    ['its VIP', '10.0.0.100', 'local lo'],
    ['all of 127/8', '127.1.2.3', 'local lo'],
    ['broadcast', '10.0.0.255', 'broadcast eth0'],
    ['blackhole', '203.0.113.5', 'blackhole'],
    ['unreachable, more specific', '203.0.113.200', 'unreachable'],
    ['an address of an interface that is down is nobody’s', '10.2.0.21', 'unicast 10.0.0.1 eth0'],
  ])('%s', (_, dst, expected) => {
    expect(way({ dst })).toBe(expected)
  })

  it('tells the hops, the line and what it took for granted', () => {
    const found = route(MAIN, undefined, { dst: '198.51.100.7' })
    expect(found.hops).toEqual([
      { via: '10.0.0.8', dev: 'eth0' },
      { via: '10.1.0.8', dev: 'eth1' },
    ])
    expect([found.at?.line, found.at?.last, found.table, found.assumed]).toEqual([6, 8, 'main', ['rules', 'local']])
    expect(route(MAIN, undefined, { dst: '8.8.8.8' }, LINKS).assumed).toEqual(['rules'])
  })

  it('no default route: none', () => {
    expect(way({ dst: '8.8.8.8' }, undefined, routes('10.0.0.0/24 dev eth0 proto kernel scope link\n'))).toBe('none')
  })

  it('a VIP with a wide mask on lo swallows the whole network', () => {
    const wide = links('1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536\n    inet 10.0.0.100/24 scope global lo\n')
    expect(route(MAIN, undefined, { dst: '10.0.0.77' }, wide)).toMatchObject({ is: 'local', dev: 'lo' })
  })
})

describe('policy rules', () => {
  const ALL = routes(
    `default via 10.1.0.1 dev eth1 table 100
throw 192.0.2.0/24 table 100
default via 10.0.0.1 dev eth0
10.0.0.0/24 dev eth0 proto kernel scope link src 10.0.0.21
local 10.0.0.100 dev lo table local proto kernel scope host src 10.0.0.100
`,
    'ip route show table all',
  )
  const around = (rule: string): string =>
    `0:	from all lookup local\n${rule}\n32766:	from all lookup main\n32767:	from all lookup default\n`

  it.each([
    ['from the VIP', '100:	from 10.0.0.100 lookup 100', { src: '10.0.0.100' }, 'unicast 10.1.0.1 eth1'],
    ['from somebody else', '100:	from 10.0.0.101 lookup 100', { src: '10.0.0.100' }, 'unicast 10.0.0.1 eth0'],
    ['no source chosen yet', '100:	from 10.0.0.100 lookup 100', {}, 'unicast 10.0.0.1 eth0'],
    ['not from', '100:	not from 10.0.0.0/24 lookup 100', { src: '10.9.0.1' }, 'unicast 10.1.0.1 eth1'],
    ['fwmark', '100:	from all fwmark 0x1/0xf lookup 100', { mark: 0x21 }, 'unicast 10.1.0.1 eth1'],
    ['received by', '100:	from all iif eth5 lookup 100', { iif: 'eth5', src: '10.9.0.1' }, 'unicast 10.1.0.1 eth1'],
    ['made here', '100:	from all iif lo lookup 100', {}, 'unicast 10.1.0.1 eth1'],
    ['bound to', '100:	from all oif eth1 lookup 100', { oif: 'eth1' }, 'unicast 10.1.0.1 eth1'],
    ['unreachable', '100:	from 10.0.0.100 unreachable', { src: '10.0.0.100' }, 'unreachable'],
    [
      'main without its default',
      '100:	from all lookup main suppress_prefixlength 0\n101:	from all lookup 100',
      {},
      'unicast 10.1.0.1 eth1',
    ],
    ['goto', '100:	from all goto 32766\n101:	from all lookup 100', {}, 'unicast 10.0.0.1 eth0'],
  ])('%s', (_, rule, flow, expected) => {
    expect(way({ dst: '8.8.8.8', ...flow }, around(rule), ALL)).toBe(expected)
  })

  it('throw goes on with the next rule', () => {
    expect(way({ dst: '192.0.2.1' }, around('100:	from all lookup 100'), ALL)).toBe('unicast 10.0.0.1 eth0')
  })

  it('a table nobody listed leaves it open, but only for whom the rule fits', () => {
    const policy = around('100:	from 10.0.0.100 lookup 100')
    expect(way({ dst: '8.8.8.8', src: '10.0.0.100' }, policy)).toBe('unknown')
    expect(way({ dst: '8.8.8.8', src: '10.0.0.21' }, policy)).toBe('unicast 10.0.0.1 eth0')
  })

  it('a selector we do not model leaves it open where it matters', () => {
    const policy = around('100:	from all ipproto tcp lookup 100')
    expect(way({ dst: '8.8.8.8' }, policy, ALL)).toBe('unknown')
    expect(way({ dst: '192.0.2.1' }, policy, ALL)).toBe('unicast 10.0.0.1 eth0')
  })

  it.each([
    ['224.0.0.18', 'multicast'],
    ['255.255.255.255', 'broadcast'],
  ])('%s that comes in needs no route', (dst, expected) => {
    const none = routes('10.0.0.0/24 dev eth0 scope link')
    expect(way({ dst, iif: 'eth1', src: '10.1.0.9' }, undefined, none)).toBe(expected)
  })

  it('a forwarded flow whose source is not known', () => {
    expect(way({ dst: '8.8.8.8', iif: 'eth5' }, around('100:	from 10.0.0.100 lookup 100'), ALL)).toBe('unknown')
  })
})

describe('selectSource', () => {
  it.each([
    ['the address next to the gateway', 'eth1', '10.1.0.1', '10.1.0.21'],
    ['the first one otherwise', 'eth1', '172.16.0.1', '10.1.0.21'],
    ['the VIP on lo, where the interface has none', 'eth9', undefined, '10.0.0.100'],
  ] as const)('%s', (_, dev, peer, expected) => {
    expect(selectSource(LINKS, dev, peer)).toBe(expected)
  })

  it('shows in the route', () => {
    expect(route(MAIN, undefined, { dst: '8.8.8.8' }, LINKS).src).toBe('10.0.0.21')
    expect(route(MAIN, undefined, { dst: '8.8.8.8', src: '10.0.0.100' }, LINKS).src).toBe('10.0.0.100')
  })
})
