import { describe, expect, it } from 'vitest'
import { announces, answersArp } from '../../src/kernel/arp.ts'
import { conf, links, routes } from './facts.ts'

const VIP = '10.0.0.100'
const ETH0 = '2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500\n    inet 10.0.0.21/24 scope global eth0\n'
const LO = '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536\n    inet 127.0.0.1/8 scope host lo\n'
const ON_LO = links(`${LO}    inet ${VIP}/32 scope global lo\n${ETH0}`)
const ON_ETH0 = links(`${LO}${ETH0}    inet ${VIP}/32 scope global eth0\n`)
const HIDDEN = links(`${LO}    inet ${VIP}/32 scope host lo\n${ETH0}`)

function told(values: string, at = ON_LO, sender?: string): string {
  const request = { target: VIP, in: 'eth0', ...(sender === undefined ? {} : { sender }) }
  const { answers, because } = answersArp({ links: at, sysctl: conf(values) }, request)
  return `${answers}: ${because}`
}

describe('answersArp', () => {
  it.each([
    ['0 answers for any address of the host', 0, 'yes: answers'],
    ['1 only for those of the interface', 1, 'no: arp-ignore'],
    ['2 too', 2, 'no: arp-ignore'],
    ['3 hides only scope host', 3, 'yes: answers'],
    ['4 is reserved and answers', 4, 'yes: answers'],
    ['8 never answers', 8, 'no: arp-ignore'],
  ])('%s', (_, value, expected) => {
    expect(told(`all.arp_ignore=${value} eth0.arp_ignore=0`)).toBe(expected)
  })

  it('3 does hide an address of scope host', () => {
    expect(told('all.arp_ignore=3 eth0.arp_ignore=0', HIDDEN)).toBe('no: arp-ignore')
  })

  it('only the interface that hears the request counts', () => {
    expect(told('all.arp_ignore=0 eth0.arp_ignore=1 lo.arp_ignore=0')).toBe('no: arp-ignore')
    expect(told('all.arp_ignore=0 eth0.arp_ignore=0 lo.arp_ignore=1')).toBe('yes: answers')
  })

  it('1 does not hide a VIP that is on the asking interface itself', () => {
    expect(told('all.arp_ignore=1 eth0.arp_ignore=1', ON_ETH0)).toBe('yes: answers')
  })

  it('2 asks for a network that holds both', () => {
    const wide = links(
      `${LO}2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500\n    inet ${VIP}/32 scope global eth0\n`,
    )
    const two = 'all.arp_ignore=2 eth0.arp_ignore=0'
    expect([told(two, ON_ETH0, '10.0.0.9'), told(two, ON_ETH0, '192.0.2.9'), told(two, wide, '10.0.0.9')]).toEqual([
      'yes: answers',
      'no: arp-ignore',
      'no: arp-ignore',
    ])
  })

  it.each([
    ['half known, but enough', 'eth0.arp_ignore=8', 'no: arp-ignore'],
    ['half known, not enough', 'all.arp_ignore=1', 'unknown: arp-ignore-unknown'],
    ['nothing known', 'lo.arp_ignore=1', 'unknown: arp-ignore-unknown'],
  ])('%s', (_, values, expected) => {
    expect(told(values)).toBe(expected)
  })

  it('nobody asks by lo or by a NOARP device', () => {
    const tunnel = links(`${LO}4: tunl0@NONE: <NOARP,UP,LOWER_UP> mtu 1480\n    inet ${VIP}/32 scope global tunl0\n`)
    const sysctl = conf('all.arp_ignore=0')
    const ask = (dev: string): string => answersArp({ links: tunnel, sysctl }, { target: VIP, in: dev }).because
    expect(['tunl0', 'lo', 'eth7'].map(ask)).toEqual(['no-arp-here', 'no-arp-here', 'no-arp-here'])
  })

  it('an address that is not its own', () => {
    const sysctl = conf('all.arp_ignore=0 eth0.arp_ignore=0 all.proxy_arp=1 eth0.forwarding=1')
    const other = { target: '10.9.0.1', in: 'eth0', sender: '10.0.0.9' }
    expect(answersArp({ links: ON_LO, sysctl: conf('all.arp_ignore=0') }, other).because).toBe('not-our-address')
    expect(answersArp({ links: ON_LO, sysctl }, other)).toMatchObject({ answers: 'unknown', because: 'proxy-arp' })
    const elsewhere = routes('10.9.0.0/24 dev eth1 scope link\n10.0.0.0/24 dev eth0 scope link\n')
    const known = conf(
      'all.proxy_arp=1 eth0.forwarding=1 all.rp_filter=0 eth0.rp_filter=0 all.accept_local=0 eth0.accept_local=0',
    )
    expect(answersArp({ links: ON_LO, sysctl: known, routes: elsewhere }, other)).toMatchObject({
      answers: 'yes',
      because: 'proxy-arp',
    })
  })

  it('strict rp_filter also drops requests from the wrong side', () => {
    const sysctl = conf('all.arp_ignore=0 eth0.arp_ignore=0 all.rp_filter=1 eth0.rp_filter=1')
    const listing = routes('default via 10.1.0.1 dev eth1\n10.0.0.0/24 dev eth0 scope link\n')
    const ask = (sender: string): string =>
      answersArp({ links: ON_LO, sysctl, routes: listing }, { target: VIP, in: 'eth0', sender }).because
    expect([ask('10.0.0.9'), ask('172.16.0.9')]).toEqual(['answers', 'rp-filter'])
  })

  it('a request whose sender is the VIP itself is never answered by those who have it', () => {
    const sysctl = conf(
      'all.arp_ignore=0 eth0.arp_ignore=0 all.rp_filter=0 eth0.rp_filter=0 all.accept_local=0 eth0.accept_local=0',
    )
    const listing = routes('10.0.0.0/24 dev eth0 scope link\n')
    const request = { target: '10.0.0.21', in: 'eth0', sender: VIP }
    expect(answersArp({ links: ON_LO, sysctl, routes: listing }, request)).toMatchObject({
      answers: 'no',
      because: 'rp-filter',
    })
  })
})

describe('announces', () => {
  function asks(values: string, target: string | undefined, at = ON_LO): string {
    const flow = { vip: VIP, out: 'eth0', ...(target === undefined ? {} : { target }) }
    const { announces: is, because } = announces({ links: at, sysctl: conf(values) }, flow)
    return `${is}: ${because}`
  }

  it.each([
    ['0 names the VIP', 'all.arp_announce=0 eth0.arp_announce=0', '10.0.0.1', 'yes: arp-announce'],
    [
      '1 too, when the target is in the network of the VIP',
      'all.arp_announce=1 eth0.arp_announce=0',
      '10.0.0.1',
      'yes: same-subnet',
    ],
    ['1 not for a target elsewhere', 'all.arp_announce=1 eth0.arp_announce=0', '10.1.0.1', 'no: arp-announce'],
    ['2 never', 'all.arp_announce=2 eth0.arp_announce=0', '10.0.0.1', 'no: arp-announce'],
    ['the larger counts', 'all.arp_announce=0 eth0.arp_announce=2', '10.0.0.1', 'no: arp-announce'],
    ['lo does not', 'all.arp_announce=0 eth0.arp_announce=0 lo.arp_announce=2', '10.0.0.1', 'yes: arp-announce'],
    ['half known, but enough', 'all.arp_announce=2', '10.0.0.1', 'no: arp-announce'],
    ['half known, not enough', 'all.arp_announce=0', '10.0.0.1', 'unknown: unknown'],
    ['any target', 'all.arp_announce=1 eth0.arp_announce=0', undefined, 'yes: same-subnet'],
  ])('%s', (_, values, target, expected) => {
    expect(asks(values, target)).toBe(expected)
  })

  it('2 does name a VIP that is the only address of the interface', () => {
    const alone = links(
      `${LO}2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500\n    inet ${VIP}/24 scope global eth0\n`,
    )
    expect(asks('all.arp_announce=2', '10.0.0.1', alone)).toBe('yes: preferred-address')
  })

  it('an address the host does not have', () => {
    expect(asks('all.arp_announce=0 eth0.arp_announce=0', '10.0.0.1', links(`${LO}${ETH0}`))).toBe(
      'no: not-our-address',
    )
  })
})
