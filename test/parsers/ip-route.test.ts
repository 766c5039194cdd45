import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../src/model/errors.ts'
import { ipRoute } from '../../src/parsers/ip-route.ts'
import { ipRule } from '../../src/parsers/ip-rule.ts'
import { plain, sectionOf } from './section.ts'

const DEFAULT = 'default via 192.168.10.1 dev eth0 \n'

describe('ip route', () => {
  it('tells the default routes of the two families apart', () => {
    const to = (text: string, command = '') => ipRoute.parse(sectionOf(text, { command })).value.routes[0]?.to
    expect(to('default via 10.0.0.1 dev eth0')).toBe('0.0.0.0/0')
    expect(to('default dev tun0 scope link')).toBe('0.0.0.0/0')
    expect(to('default via fe80::1 dev eth0 proto ra metric 1024 pref medium')).toBe('::/0')
    expect(to('default dev tun0 metric 1024 pref medium')).toBe('::/0')
    expect(to('default dev tun0 metric 1024', 'ip -6 route')).toBe('::/0')
    expect(to('default metric 1024\n\tnexthop via fe80::1 dev eth0 weight 1')).toBe('::/0')
    expect(to('unreachable default dev lo metric 4294967295 error -101')).toBe('::/0')
    // RFC 8950: an IPv4 route through an IPv6 gateway.
    expect(to('default via inet6 fe80::1 dev eth0')).toBe('0.0.0.0/0')
  })

  it('knows which tables it saw', () => {
    const seen = (command: string, text = DEFAULT) => {
      const { value, partial } = ipRoute.parse(sectionOf(text, { command }))
      return [value.tables, value.routes[0]?.table, partial ?? false]
    }
    expect(seen('ip route')).toEqual(['main', 'main', false])
    expect(seen('ip -4 ro ls')).toEqual(['main', 'main', false])
    expect(seen('ip route show table all')).toEqual(['all', 'main', false])
    expect(seen('ip route list table 254')).toEqual(['main', 'main', false])
    expect(seen('ip r s t 200')).toEqual([['200'], '200', false])
    expect(seen('ip route show dev eth0')).toEqual(['main', 'main', true])
    expect(seen('ip route | grep default')).toEqual(['main', 'main', true])
    expect(seen('ip -6 route')).toEqual(['main', 'main', true])
    expect(seen('', 'default via 10.0.0.1 dev eth0 table 100 \n')).toEqual(['all', '100', false])
    expect(seen('', 'local 10.0.0.1 dev eth0 proto kernel scope host src 10.0.0.1 \n')).toEqual([
      ['local'],
      'local',
      false,
    ])
  })

  it('never hangs a next hop on a route that is not the one above it', () => {
    const { value, unread } = ipRoute.parse(
      sectionOf(`${DEFAULT}10.0.0.0/8 something new\n\tnexthop via 10.0.0.1 dev eth0 weight 1\n`),
    )
    expect(value.routes.map((route) => route.nexthops)).toEqual([[]])
    expect(unread.map((line) => line.at.line)).toEqual([2, 3])
  })

  it.each([
    ['a gateway cut off', 'default via 192.168.10'],
    ['a key without value', 'default via 192.168.10.1 dev'],
    ['a metric that is no number', 'default via 192.168.10.1 dev eth0 metric high'],
    ['a route for some traffic only', '10.0.0.0/8 tos 0x10 via 192.168.10.1 dev eth0'],
    ['an answer of the kernel', 'RTNETLINK answers: Operation not permitted'],
    ['a heading of route(8)', 'Destination     Gateway         Genmask         Flags Metric Ref    Use Iface'],
  ])('leaves unread: %s', (_what, line) => {
    const { value, unread } = ipRoute.parse(sectionOf(`${DEFAULT}${line}\n`))
    expect(value.routes).toHaveLength(1)
    expect(unread.map((one) => one.text)).toEqual([line])
  })

  it('does not take the answer to `ip route get` for a table', () => {
    const answer = '8.8.8.8 via 192.168.10.1 dev eth0  src 192.168.10.21 \n    cache \n'
    expect(() => ipRoute.parse(sectionOf(answer))).toThrow(NotUnderstood)
    expect(() => ipRoute.parse(sectionOf(DEFAULT, { command: 'ip route get 8.8.8.8' }))).toThrow(NotUnderstood)
  })
})

describe('ip rule', () => {
  const rule = (text: string) => plain(ipRule.parse(sectionOf(text)).value.rules[0])

  it('reads marks with and without mask, in either notation', () => {
    expect(rule('100:\tfrom all fwmark 0x8 lookup 100')).toMatchObject({ fwmark: { value: 8, mask: 0xffffffff } })
    expect(rule('100:\tfrom all fwmark 8/0xff lookup 100')).toMatchObject({ fwmark: { value: 8, mask: 255 } })
  })

  it('names the tables the kernel numbers', () => {
    expect(rule('32766: from all lookup 254')).toMatchObject({ action: 'lookup', table: 'main' })
  })

  it('would rather not read a rule than read half of it', () => {
    const text =
      '0:\tfrom all lookup local\n10:\tfrom all colour red lookup 100\n20:\tfrom 10.0.0.300 lookup 100\n30:\tfrom all\n'
    const { value, unread } = ipRule.parse(sectionOf(text))
    expect(value.rules.map((one) => one.priority)).toEqual([0])
    expect(unread.map((line) => line.at.line)).toEqual([2, 3, 4])
  })
})
