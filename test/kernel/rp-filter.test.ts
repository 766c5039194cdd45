import { describe, expect, it } from 'vitest'
import { type Arrival, reversePath } from '../../src/kernel/rp-filter.ts'
import { conf, links, routes, rules } from './facts.ts'

const LO = '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536\n    inet 127.0.0.1/8 scope host lo\n'
const ETH = `2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500
    inet 10.0.0.21/24 scope global eth0
3: eth1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500
    inet 10.1.0.21/24 scope global eth1
`
const BARE = '4: tunl0@NONE: <NOARP,UP,LOWER_UP> mtu 1480\n    link/ipip 0.0.0.0 brd 0.0.0.0\n'
const ON_LO = links(`${LO}    inet 10.0.0.100/32 scope global lo\n${ETH}${BARE}`)
const ON_TUNL0 = links(`${LO}${ETH}${BARE}    inet 10.0.0.100/32 scope global tunl0\n`)
const MAIN = routes(`default via 10.0.0.1 dev eth0
10.0.0.0/24 dev eth0 proto kernel scope link src 10.0.0.21
10.1.0.0/24 dev eth1 proto kernel scope link src 10.1.0.21
blackhole 203.0.113.0/24
`)

const CLIENT: Arrival = { src: '192.0.2.7', dst: '10.0.0.100', in: 'eth0' }
const TUNNELLED: Arrival = { ...CLIENT, in: 'tunl0' }
const OFF = 'all.accept_local=0 eth0.accept_local=0 eth1.accept_local=0 tunl0.accept_local=0'

function told(values: string, packet: Arrival, at = ON_LO, policy?: string): string {
  const facts = { routes: MAIN, links: at, sysctl: conf(`${values} ${OFF}`) }
  const { passes, because } = reversePath(policy === undefined ? facts : { ...facts, rules: rules(policy) }, packet)
  return `${passes}: ${because}`
}

describe('a real server in TUN mode', () => {
  it.each([
    [0, 0, 'yes: off', 'yes: off'],
    [0, 1, 'no: other-way', 'no: other-way'],
    [0, 2, 'no: no-address', 'yes: some-way'],
    [1, 0, 'no: other-way', 'no: other-way'],
    [1, 2, 'no: no-address', 'yes: some-way'],
  ])('all=%i tunl0=%i: VIP on lo %s, on tunl0 %s', (all, own, onLo, onTunl0) => {
    const values = `all.rp_filter=${all} tunl0.rp_filter=${own}`
    expect([told(values, TUNNELLED), told(values, TUNNELLED, ON_TUNL0)]).toEqual([onLo, onTunl0])
  })
})

describe('strict', () => {
  const STRICT = 'all.rp_filter=1 eth0.rp_filter=1 eth1.rp_filter=1'

  it.each([
    ['one uplink: harmless', CLIENT, 'yes: same-way'],
    ['in by the other uplink', { ...CLIENT, in: 'eth1' }, 'no: other-way'],
    ['a neighbour of the other uplink', { ...CLIENT, src: '10.1.0.9', in: 'eth1' }, 'yes: same-way'],
    ['a source that is thrown away', { ...CLIENT, src: '203.0.113.1' }, 'no: no-way-back'],
    ['its own address as source', { ...CLIENT, src: '10.0.0.100' }, 'no: source-is-local'],
    ['no possible source', { ...CLIENT, src: '224.0.0.1' }, 'no: martian'],
    ['loopback as source', { ...CLIENT, src: '127.0.0.9' }, 'no: martian'],
    ['no source at all', { ...CLIENT, src: '0.0.0.0' }, 'no: martian'],
    [
      'no source, for everyone: a host asking for its address',
      { ...CLIENT, src: '0.0.0.0', dst: '255.255.255.255' },
      'yes: off',
    ],
    ['class E, which is nothing special', { ...CLIENT, src: '240.0.0.9' }, 'yes: same-way'],
  ])('%s', (_, packet, expected) => {
    expect(told(STRICT, packet)).toBe(expected)
  })

  it('loopback as source passes where route_localnet is on and the way back leads there', () => {
    expect(told('all.rp_filter=0 eth0.rp_filter=0 all.route_localnet=1', { ...CLIENT, src: '127.0.0.9' })).toBe(
      'yes: off',
    )
  })

  it('a local route that somebody added makes the kernel look at the routes even with rp_filter 0', () => {
    const more = routes(
      'default via 10.0.0.1 dev eth0\nlocal 10.9.0.0/24 dev lo table local scope host\n',
      'ip route show table all',
    )
    const facts = { routes: more, links: ON_LO, sysctl: conf(`all.rp_filter=0 eth0.rp_filter=0 ${OFF}`) }
    expect(reversePath(facts, { ...CLIENT, src: '10.9.0.5' })).toMatchObject({
      passes: 'no',
      because: 'source-is-local',
    })
    expect(reversePath(facts, CLIENT)).toMatchObject({ passes: 'yes', because: 'off' })
  })

  it('the way back is looked up from the VIP, so a rule for it counts', () => {
    const policy = '0:	from all lookup local\n100:	from 10.0.0.100 lookup 100\n32766:	from all lookup main\n'
    const listing = routes(
      'default via 10.1.0.1 dev eth1 table 100\ndefault via 10.0.0.1 dev eth0\n',
      'ip route show table all',
    )
    const facts = { routes: listing, rules: rules(policy), links: ON_LO, sysctl: conf(`${STRICT} ${OFF}`) }
    expect(reversePath(facts, { ...CLIENT, in: 'eth1' })).toMatchObject({
      passes: 'yes',
      back: { dev: 'eth1', table: '100' },
    })
    expect(reversePath(facts, CLIENT).passes).toBe('no')
    // An advert to the group is checked without a destination: the rule does not fit.
    expect(reversePath(facts, { ...CLIENT, dst: '224.0.0.18' }).passes).toBe('yes')
  })

  it('cites the sysctl and the route back', () => {
    const { cites, mode } = reversePath(
      { routes: MAIN, links: ON_LO, sysctl: conf(`${STRICT} ${OFF}`) },
      { ...CLIENT, in: 'eth1' },
    )
    expect([mode, cites.map(({ line }) => line)]).toEqual([1, [3, 1, 1]])
  })
})

describe('off', () => {
  const NONE = 'all.rp_filter=0 eth0.rp_filter=0'

  it.each([
    ['whoever it is', CLIENT, 'yes: off'],
    ['even without a way back', { ...CLIENT, src: '203.0.113.1' }, 'yes: off'],
    ['but not its own address', { ...CLIENT, src: '10.0.0.100' }, 'no: source-is-local'],
  ])('%s', (_, packet, expected) => {
    expect(told(NONE, packet)).toBe(expected)
  })

  it('accept_local lets even that in', () => {
    const sysctl = conf(`${NONE} all.accept_local=1 eth0.accept_local=0`)
    expect(reversePath({ routes: MAIN, links: ON_LO, sysctl }, { ...CLIENT, src: '10.0.0.100' }).passes).toBe('yes')
  })
})

describe('what is not known', () => {
  it.each([
    ['the mode, where it does not matter', 'lo.rp_filter=1', CLIENT, 'yes: off'],
    ['the mode, where it does', 'lo.rp_filter=1', { ...CLIENT, in: 'eth1' }, 'unknown: mode-unknown'],
    ['half the mode: strict at least', 'all.rp_filter=1', { ...CLIENT, src: '203.0.113.1' }, 'no: no-way-back'],
    ['a table', 'all.rp_filter=1 eth0.rp_filter=1', CLIENT, 'unknown: route-unknown'],
  ])('%s', (name, values, packet, expected) => {
    const policy = name === 'a table' ? '100:	from all lookup 100\n32766:	from all lookup main\n' : undefined
    expect(told(values, packet, ON_LO, policy)).toBe(expected)
  })
})
