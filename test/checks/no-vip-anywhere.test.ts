import { testCheck } from '../check-tester.ts'
import { conf, dr, ipAddr, nat, PS_KEEPALIVED, routes, VIP, without } from './support/cluster.ts'

const MAC = '52:54:00:00:00:11'
const bare = (own: string) => ipAddr([{ name: 'eth0', mac: MAC, addresses: [`${own}/24`] }])
const onLo = (own: string) =>
  ipAddr([
    { name: 'lo', kind: 'loopback', addresses: [`${VIP}/32 lo:0`] },
    { name: 'eth0', mac: MAC, addresses: [`${own}/24`] },
  ])
const ds1 = { ...dr.ds1, 'ip addr': bare('192.168.10.11') }
const NIC = '2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000'
const unicast = (...peers: readonly string[]) =>
  `    unicast_peer {\n${peers.map((p) => `        ${p}`).join('\n')}\n    }`

testCheck('no-vip-anywhere', {
  fail: [
    {
      name: 'neither director has it',
      hosts: { ds1, ds2: dr.ds2, rs1: dr.rs1 },
      claims: [
        {
          message: 'nobody-holds',
          data: { vip: VIP, hosts: 'ds1 and ds2' },
          lines: [NIC],
          hosts: ['ds1', 'ds2'],
          severity: 'critical',
        },
      ],
    },
    {
      name: 'directors that are real servers too: the VIP on lo answers nobody',
      hosts: {
        ds1: {
          ...dr.ds1,
          'ip addr': onLo('192.168.10.11'),
          'cat /etc/keepalived/keepalived.conf': conf({ servers: ['192.168.10.11 80', '192.168.10.12 80'] }),
        },
        ds2: { ...dr.ds2, 'ip addr': onLo('192.168.10.12') },
      },
      claims: [{ message: 'nobody-holds', data: { vip: VIP }, lines: [NIC] }],
    },
    {
      name: 'a real server that has it on Ethernet is no director',
      hosts: {
        ds1,
        ds2: dr.ds2,
        rs1: {
          ...dr.rs1,
          'ip addr': bare('192.168.10.21').replace('.21/24', `.21/24 scope global eth0\n    inet ${VIP}/32`),
        },
      },
      claims: [{ message: 'nobody-holds', data: { vip: VIP }, lines: [NIC] }],
    },
    {
      name: 'one of two VIPs is missing: the floating gateway of NAT',
      hosts: {
        ds1: {
          ...nat.ds1,
          'cat /etc/keepalived/keepalived.conf': conf({ kind: 'NAT', vips: [VIP, '10.10.0.254 dev eth1'] }),
        },
        ds2: {
          ...nat.ds2,
          'cat /etc/keepalived/keepalived.conf': conf({
            kind: 'NAT',
            vips: [VIP, '10.10.0.254 dev eth1'],
            priority: 90,
          }),
        },
      },
      claims: [{ message: 'nobody-holds', data: { vip: '10.10.0.254' }, lines: ['10.10.0.254 dev eth1'] }],
    },
  ],
  pass: [
    { name: 'the master has it', hosts: { ...dr } },
    { name: 'one director is enough to see it', hosts: { ds1: dr.ds1 } },
    {
      name: 'keepalived itself puts it on lo: the routers know the way',
      hosts: {
        ds1: {
          ...dr.ds1,
          'ip addr': onLo('192.168.10.11'),
          'cat /etc/keepalived/keepalived.conf': conf({ vips: [`${VIP} dev lo`] }),
        },
        ds2: dr.ds2,
      },
    },
  ],
  undecided: [
    {
      name: 'keepalived was started after the addresses were shown',
      hosts: { ds1: { ...ds1, 'systemctl start keepalived': '' }, ds2: dr.ds2 },
      reason: 'moved-since',
    },
    {
      name: 'the network is routed to the directors, the VIP is on lo',
      hosts: {
        ds1: { ...without(dr.ds1, 'cat /etc/keepalived/keepalived.conf'), 'ip addr': onLo('192.168.10.11') },
        ds2: without(dr.ds2, 'cat /etc/keepalived/keepalived.conf'),
      },
      reason: 'maybe-routed',
    },
    {
      name: 'a local route takes the packets without any address',
      hosts: {
        ds1: {
          ...ds1,
          'ip route show table all': `${routes('192.168.10.11')}\nlocal 192.168.10.96/28 dev lo table local proto static scope host`,
        },
        ds2: dr.ds2,
      },
      reason: 'maybe-routed',
    },
    { name: 'the other director was not seen', hosts: { ds1, rs1: dr.rs1 }, reason: 'director-unseen' },
    {
      name: 'the addresses of the other director were not shown',
      hosts: { ds1, ds2: without(dr.ds2, 'ip addr') },
      reason: 'director-unseen',
    },
    {
      name: 'the listing of the other director is a selection',
      hosts: { ds1, ds2: { ...without(dr.ds2, 'ip addr'), 'ip addr show eth0': bare('192.168.10.12') } },
      reason: 'director-unseen',
    },
    {
      name: 'a third unicast peer',
      hosts: {
        ds1: {
          ...ds1,
          'cat /etc/keepalived/keepalived.conf': conf({ instance: unicast('192.168.10.12', '192.168.10.13') }),
        },
        ds2: dr.ds2,
      },
      reason: 'director-unseen',
    },
    {
      name: 'no VIP is known',
      hosts: {
        ds1: { 'ip addr': bare('192.168.10.11'), 'ps axww': PS_KEEPALIVED },
        ds2: { 'ip addr': bare('192.168.10.12'), 'ps axww': PS_KEEPALIVED },
      },
      reason: 'no-vip-known',
    },
    {
      name: 'one was looked at before the failover, the other after it',
      hosts: {
        notes: [
          '[root@ds2 ~]# cat /etc/keepalived/keepalived.conf',
          conf({ state: 'BACKUP', priority: 90 }),
          '[root@ds2 ~]# ip addr',
          bare('192.168.10.12'),
          '[root@ds1 ~]# cat /etc/keepalived/keepalived.conf',
          conf(),
          '[root@ds1 ~]# systemctl stop keepalived',
          '[root@ds1 ~]# ip addr',
          bare('192.168.10.11'),
          '[root@ds1 ~]# ',
        ].join('\n'),
      },
      reason: 'different-moments',
    },
  ],
  notChecked: [{ name: 'no director', hosts: { rs1: dr.rs1 } }],
})
