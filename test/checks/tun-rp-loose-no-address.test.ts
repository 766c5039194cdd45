import { testCheck } from '../check-tester.ts'
import { dr, ipAddr, sysctls, tun, VIP, without } from './support/cluster.ts'

const DEVS = ['all', 'default', 'eth0', 'lo', 'tunl0']
const hidden = { 'conf.all.arp_ignore': 1, 'conf.all.arp_announce': 2 }
const onLo = ipAddr([
  { name: 'lo', kind: 'loopback', addresses: [`${VIP}/32 lo:0`] },
  { name: 'tunl0', kind: 'ipip', addresses: [] },
  { name: 'eth0', mac: '52:54:00:00:00:21', addresses: ['192.168.20.21/24'] },
])
const server = (addresses: string, all: number, own: number) => ({
  rs1: {
    ...tun.rs1,
    'ip addr': addresses,
    'sysctl -a': sysctls({ ...hidden, 'conf.all.rp_filter': all, 'conf.tunl0.rp_filter': own }, DEVS),
  },
  ds1: tun.ds1,
})
const onTunl0 = tun.rs1['ip addr'] ?? ''

testCheck('tun-rp-loose-no-address', {
  fail: [
    {
      name: 'rp_filter 2 everywhere, and the VIP on lo',
      hosts: server(onLo, 2, 2),
      claims: [
        {
          message: 'no-address',
          data: { host: 'rs1', dev: 'tunl0', vip: VIP },
          lines: ['net.ipv4.conf.all.rp_filter = 2'],
          severity: 'critical',
        },
      ],
    },
    {
      name: '1 for all and 2 for tunl0 is 2',
      hosts: server(onLo, 1, 2),
      claims: [{ message: 'no-address', data: { dev: 'tunl0' }, lines: ['net.ipv4.conf.tunl0.rp_filter = 2'] }],
    },
  ],
  pass: [
    { name: 'the VIP is on tunl0', hosts: server(onTunl0, 2, 2) },
    { name: '0 believes everybody', hosts: server(onLo, 0, 0) },
    { name: '1 is another fault', hosts: server(onLo, 0, 1) },
  ],
  notApplicable: [
    {
      name: 'no tunnel is up',
      hosts: server(
        ipAddr([
          { name: 'lo', kind: 'loopback', addresses: [`${VIP}/32 lo:0`] },
          { name: 'eth0', addresses: ['192.168.20.21/24'] },
        ]),
        2,
        2,
      ),
      reason: 'no-tunnel',
    },
  ],
  undecided: [
    {
      name: 'the value of tunl0 was not read',
      hosts: { rs1: { ...tun.rs1, 'ip addr': onLo, 'sysctl -a': 'net.ipv4.conf.all.rp_filter = 1' }, ds1: tun.ds1 },
      reason: 'not-seen',
    },
  ],
  notMeant: [{ name: 'a DR server', hosts: { rs1: dr.rs1, ds1: dr.ds1 } }],
  notChecked: [{ name: 'no routes', hosts: { rs1: without(tun.rs1, 'ip route show table all'), ds1: tun.ds1 } }],
})
