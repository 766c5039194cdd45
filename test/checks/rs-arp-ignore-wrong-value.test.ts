import { testCheck } from '../check-tester.ts'
import { dr, ipAddr, sysctls, tun, VIP } from './support/cluster.ts'

const value = (ignore: number, own = 0) => sysctls({ 'conf.all.arp_ignore': ignore, 'conf.eth0.arp_ignore': own })
const server = (text: string) => ({ rs1: { ...dr.rs1, 'sysctl -a': text }, ds1: dr.ds1 })

testCheck('rs-arp-ignore-wrong-value', {
  fail: [
    {
      name: '3 is about addresses of scope host',
      hosts: server(value(3)),
      claims: [
        {
          message: 'hides-nothing',
          data: { host: 'rs1', vip: VIP, dev: 'eth0', value: 3 },
          lines: ['net.ipv4.conf.all.arp_ignore = 3', `inet ${VIP}/32 scope global lo:0`],
          severity: 'critical',
        },
      ],
    },
    {
      name: '4 to 7 are reserved, and the larger of all and eth0 counts',
      hosts: server(value(1, 5)),
      claims: [{ message: 'hides-nothing', data: { value: 5 }, lines: ['net.ipv4.conf.eth0.arp_ignore = 5'] }],
    },
  ],
  pass: [
    { name: '1', hosts: server(value(1)) },
    { name: '8 never answers', hosts: server(value(3, 8)) },
    { name: '0 is another fault', hosts: server(value(0)) },
    {
      name: '3, and the VIP was added with scope host',
      hosts: {
        rs1: {
          ...dr.rs1,
          'sysctl -a': value(3),
          'ip addr': (dr.rs1['ip addr'] ?? '').replace(`${VIP}/32 scope global`, `${VIP}/32 scope host`),
        },
        ds1: dr.ds1,
      },
    },
    { name: 'TUN: eth0 is asked, not tunl0', hosts: { rs1: tun.rs1, ds1: tun.ds1 } },
  ],
  notApplicable: [
    {
      name: 'the VIP is not here',
      hosts: {
        rs1: { ...dr.rs1, 'ip addr': ipAddr([{ name: 'eth0', addresses: ['192.168.10.21/24'] }]) },
        ds1: dr.ds1,
      },
      reason: 'vip-not-here',
    },
  ],
  undecided: [
    {
      name: 'one half of the value was not read',
      hosts: server('net.ipv4.conf.all.arp_ignore = 3'),
      reason: 'value-unknown',
    },
    {
      name: 'the listing breaks off',
      hosts: {
        rs1: `[root@rs1 ~]# sysctl -a\n${value(3)}\n[root@rs1 ~]# ip addr\n${ipAddr([{ name: 'eth0', addresses: ['192.168.10.21/24'] }])}\n`,
        ds1: dr.ds1,
      },
      reason: 'listing-cut',
    },
  ],
})
