import { testCheck } from '../check-tester.ts'
import { dr, ipAddr, routes, tun, VIP, without } from './support/cluster.ts'

const RIP = '192.168.10.21'
const rs1 = (more: Readonly<Record<string, string>>) => ({ rs1: { ...dr.rs1, ...more }, ds1: dr.ds1, ds2: dr.ds2 })
const on = (name: string, kind: 'loopback' | 'dummy' | 'ipip', address: string, own = RIP) =>
  ipAddr([
    { name, kind, addresses: [address] },
    { name: 'eth0', addresses: [`${own}/24`] },
  ])
const LOCAL = 'local 192.168.10.0/24 dev lo table local proto kernel scope host src 192.168.10.100'
const loRoutes = `${routes(RIP)}\n${LOCAL}`
const DUMMY = '192.168.10.0/24 dev dummy0 proto kernel scope link src 192.168.10.100'

testCheck('rs-lo-vip-mask', {
  fail: [
    {
      name: 'netmask 255.255.255.0 on lo',
      hosts: rs1({ 'ip addr': on('lo', 'loopback', `${VIP}/24 lo:0`), 'ip route show table all': loRoutes }),
      claims: [
        {
          message: 'network-is-local',
          data: { host: 'rs1', vip: VIP, prefix: 24, net: '192.168.10.0/24', dev: 'lo' },
          lines: [`inet ${VIP}/24 scope global lo:0`, LOCAL],
          severity: 'critical',
          hosts: ['rs1'],
        },
      ],
    },
    {
      name: 'no routes, no addresses of the director: its own network is in it, which is enough',
      hosts: {
        rs1: { ...without(dr.rs1, 'ip route show table all'), 'ip addr': on('lo', 'loopback', `${VIP}/24`) },
        ds1: without(without(dr.ds1, 'ip addr'), 'ip route show table all'),
      },
      claims: [
        {
          message: 'network-is-local',
          data: { lost: 'its neighbours on eth0' },
          lines: [`inet ${VIP}/24 scope global lo`],
          severity: 'critical',
        },
      ],
    },
    {
      name: 'TUN: the VIP is from a network where nobody of the cluster lives, it may not have bitten yet',
      hosts: {
        rs1: { ...tun.rs1, 'ip addr': on('lo', 'loopback', `${VIP}/28`, '192.168.20.21') },
        ds1: without(tun.ds1, 'ip addr'),
      },
      claims: [
        {
          message: 'network-is-local',
          data: { net: '192.168.10.96/28', lost: '' },
          lines: [`inet ${VIP}/28 scope global lo`],
          severity: 'warning',
        },
      ],
    },
    {
      name: 'on dummy0 it makes a route, which came before that of eth0',
      hosts: rs1({
        'ip addr': on('dummy0', 'dummy', `${VIP}/24`),
        'ip route show table all': `${DUMMY}\n${routes(RIP)}`,
      }),
      claims: [
        {
          message: 'network-behind-device',
          data: { dev: 'dummy0', net: '192.168.10.0/24' },
          lines: [`inet ${VIP}/24 scope global dummy0`, DUMMY],
          severity: 'warning',
        },
      ],
    },
  ],
  pass: [
    { name: '/32 on lo', hosts: rs1({}) },
    { name: '/32 on tunl0', hosts: { rs1: tun.rs1, ds1: tun.ds1 } },
    {
      name: 'on dummy0, but eth0 comes first',
      hosts: rs1({
        'ip addr': on('dummy0', 'dummy', `${VIP}/24`),
        'ip route show table all': `${routes(RIP)}\n${DUMMY}`,
      }),
    },
  ],
  notApplicable: [
    {
      name: 'the VIP is nowhere',
      hosts: rs1({ 'ip addr': ipAddr([{ name: 'eth0', addresses: [`${RIP}/24`] }]) }),
      reason: 'not-hidden',
    },
    {
      name: 'on eth0 a mask is right; that it is there is another ailment',
      hosts: rs1({ 'ip addr': ipAddr([{ name: 'eth0', addresses: [`${RIP}/24`, `${VIP}/24 secondary`] }]) }),
      reason: 'not-hidden',
    },
  ],
  undecided: [
    {
      name: 'on dummy0, and no routes',
      hosts: {
        rs1: { ...without(dr.rs1, 'ip route show table all'), 'ip addr': on('dummy0', 'dummy', `${VIP}/24`) },
        ds1: dr.ds1,
      },
      reason: 'route-unknown',
    },
    {
      name: 'only lo was listed',
      hosts: {
        rs1: {
          ...without(dr.rs1, 'ip addr'),
          'ip addr show lo': ipAddr([{ name: 'lo', kind: 'loopback', addresses: [`${VIP}/32 lo:0`] }]),
          'ip addr show eth0': ipAddr([{ name: 'eth0', addresses: [`${RIP}/24`] }]),
        },
        ds1: dr.ds1,
      },
      roles: { rs1: 'real-server' },
      reason: 'listing-cut',
    },
  ],
  notMeant: [{ name: 'a director', hosts: { ds1: dr.ds1, ds2: dr.ds2, rs1: dr.rs1 } }],
})
