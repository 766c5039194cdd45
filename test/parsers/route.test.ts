import { describe, expect, it } from 'vitest'
import { route } from '../../src/kernel/route.ts'
import { NotUnderstood } from '../../src/model/errors.ts'
import { routeTable } from '../../src/parsers/route.ts'
import { sectionOf } from './section.ts'

const HEAD = 'Destination     Gateway         Genmask         Flags Metric Ref    Use Iface\n'
const read = (rows: string, command = 'route -n') => routeTable.parse(sectionOf(HEAD + rows, { command }))

describe('route -n', () => {
  it('is a main table like any other: the longest prefix decides', () => {
    const { value } = read(`0.0.0.0         10.0.0.1        0.0.0.0         UG    0      0        0 eth0
10.0.0.0        0.0.0.0         255.255.255.0   U     0      0        0 eth0
192.0.2.7       10.0.0.9        255.255.255.255 UGH   0      0        0 eth1
`)
    expect(value.tables).toBe('main')
    expect(route(value, undefined, { dst: '192.0.2.7' })).toMatchObject({ is: 'unicast', dev: 'eth1', via: '10.0.0.9' })
    expect(route(value, undefined, { dst: '192.0.2.8' })).toMatchObject({ dev: 'eth0', via: '10.0.0.1' })
    const near = route(value, undefined, { dst: '10.0.0.77' })
    expect([near.dev, near.via, near.at?.line]).toEqual(['eth0', undefined, 3])
  })

  it('refusing routes refuse', () => {
    const { value } = read(`10.11.0.0       0.0.0.0         255.255.0.0     U     0      0        0 *
10.12.0.0       -               255.255.0.0     !     0      -        0 -
`)
    expect(route(value, undefined, { dst: '10.11.0.1' }).is).toBe('blackhole')
    expect(route(value, undefined, { dst: '10.12.0.1' }).is).toBe('unreachable')
  })

  it('a gateway that is printed by its name is not understood', () => {
    const { value, unread } = read(
      'default         gw.example.org  0.0.0.0         UG    0      0        0 eth0\n',
      'route',
    )
    expect([value.routes, unread.length]).toEqual([[], 1])
  })

  it('without titles it is none', () => {
    expect(() => routeTable.parse(sectionOf('10.0.0.0 via 10.0.0.1'))).toThrow(NotUnderstood)
  })
})
