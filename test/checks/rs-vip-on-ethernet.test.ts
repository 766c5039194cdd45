import { testCheck } from '../check-tester.ts'
import { dr, ipAddr, sysctls, tun, VIP, without } from './support/cluster.ts'

const rs1 = (more: Readonly<Record<string, string>>) => ({ rs1: { ...dr.rs1, ...more }, ds1: dr.ds1, ds2: dr.ds2 })
const eth0 = (own: string, vip = `${VIP}/32`, mac = '52:54:00:00:00:21') =>
  ipAddr([{ name: 'eth0', mac, addresses: [`${own}/24`, vip] }])
const ON_ETH0 = eth0('192.168.10.21')
const LINE = `inet ${VIP}/32 scope global eth0`
/** ds1 is in the pool of the directors. */
const pool = (outputs: Readonly<Record<string, string>>, rip = '192.168.10.11') => ({
  ...outputs,
  'ipvsadm -Ln': (outputs['ipvsadm -Ln'] ?? '').replace('192.168.10.21:80', `${rip}:80`),
})

testCheck('rs-vip-on-ethernet', {
  fail: [
    {
      name: 'on eth0, with the sysctls right',
      hosts: rs1({ 'ip addr': ON_ETH0 }),
      claims: [
        {
          message: 'on-the-wire',
          data: { host: 'rs1', vip: VIP, dev: 'eth0', hide: 'lo' },
          lines: [
            LINE,
            '2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000',
          ],
          severity: 'critical',
          hosts: ['rs1'],
        },
      ],
    },
    {
      name: "as first address of its network: taking it off would take the server's own with it",
      hosts: rs1({ 'ip addr': ipAddr([{ name: 'eth0', addresses: [`${VIP}/24`, '192.168.10.21/24 secondary'] }]) }),
      claims: [{ message: 'on-the-wire', data: { dev: 'eth0' }, lines: [`inet ${VIP}/24 scope global eth0`] }],
    },
    {
      name: 'on lo and on a bond',
      hosts: rs1({
        'ip addr': ipAddr([
          { name: 'lo', kind: 'loopback', addresses: [`${VIP}/32 lo:0`] },
          { name: 'eth0', addresses: [], master: 'bond0' },
          { name: 'bond0', addresses: ['192.168.10.21/24', `${VIP}/24 secondary`] },
        ]),
      }),
      claims: [
        { message: 'on-the-wire', data: { dev: 'bond0' }, lines: [`inet ${VIP}/24 scope global secondary bond0`] },
      ],
    },
    {
      name: 'TUN in the network of the VIP',
      hosts: {
        rs1: {
          ...tun.rs1,
          'ip addr': ipAddr([{ name: 'eth0', addresses: ['192.168.20.21/24', '192.168.10.31/24', `${VIP}/32`] }]),
        },
        ds1: tun.ds1,
      },
      claims: [{ message: 'on-the-wire', data: { hide: 'tunl0' }, lines: [LINE] }],
    },
  ],
  pass: [
    { name: 'on lo', hosts: rs1({}) },
    { name: 'on tunl0', hosts: { rs1: tun.rs1, ds1: tun.ds1 } },
    {
      name: 'on dummy0',
      hosts: rs1({
        'ip addr': ipAddr([
          { name: 'dummy0', kind: 'dummy', addresses: [`${VIP}/32`] },
          { name: 'eth0', addresses: ['192.168.10.21/24'] },
        ]),
      }),
    },
    {
      name: 'on eth1, which is down',
      hosts: rs1({
        'ip addr': ipAddr([
          { name: 'eth0', addresses: ['192.168.10.21/24'] },
          { name: 'eth1', addresses: [`${VIP}/32`], down: true },
        ]),
      }),
    },
    {
      name: 'arp_ignore 8 answers nobody',
      hosts: rs1({ 'ip addr': ON_ETH0, 'sysctl -a': sysctls({ 'conf.all.arp_ignore': 8 }) }),
    },
    {
      name: 'arptables drops the requests',
      hosts: rs1({
        'ip addr': ON_ETH0,
        'arptables -L -n': `Chain INPUT (policy ACCEPT)\n-j DROP -d ${VIP} \n\nChain OUTPUT (policy ACCEPT)\n`,
      }),
    },
    {
      name: 'TUN in another network: nobody there asks for the VIP',
      hosts: { rs1: { ...tun.rs1, 'ip addr': eth0('192.168.20.21') }, ds1: tun.ds1 },
    },
    {
      name: 'a director that is a real server too, as BACKUP: only on lo',
      hosts: {
        ds2: {
          ...pool(dr.ds2, '192.168.10.12'),
          'ip addr': ipAddr([
            { name: 'lo', kind: 'loopback', addresses: [`${VIP}/32 lo:0`] },
            { name: 'eth0', addresses: ['192.168.10.12/24'] },
          ]),
        },
        ds1: dr.ds1,
      },
    },
  ],
  notApplicable: [
    {
      name: 'a director that is a real server too, as MASTER',
      hosts: { ds1: pool(dr.ds1), ds2: dr.ds2 },
      reason: 'is-director',
    },
    {
      name: 'the VIP is nowhere',
      hosts: rs1({ 'ip addr': ipAddr([{ name: 'eth0', addresses: ['192.168.10.21/24'] }]) }),
      reason: 'vip-not-here',
    },
  ],
  undecided: [
    {
      name: 'addresses without flags, and the VIP alone on a device: it may be a dummy',
      hosts: {
        rs1: {
          ...without(dr.rs1, 'ip addr'),
          'ip -o -4 addr': `1: lo    inet 127.0.0.1/8 scope host lo\n2: eth0    inet 192.168.10.21/24 brd 192.168.10.255 scope global eth0\n5: lvs0    inet ${VIP}/24 scope global lvs0`,
        },
        ds1: dr.ds1,
      },
      reason: 'link-unknown',
    },
    {
      name: 'it was pasted alone: whether it directs was not shown',
      hosts: {
        rs1: {
          'ip addr': ipAddr([
            { name: 'lo', kind: 'loopback', addresses: [`${VIP}/32 lo:0`] },
            { name: 'eth0', addresses: ['192.168.10.21/24', `${VIP}/32`] },
          ]),
        },
      },
      reason: 'maybe-director',
    },
    {
      name: 'an arptables chain of its own',
      hosts: rs1({
        'ip addr': ON_ETH0,
        'arptables -L -n': 'Chain INPUT (policy ACCEPT)\n-j LVS -i eth0\n\nChain LVS (1 references)\n',
      }),
      reason: 'arptables-unclear',
    },
    {
      name: "the director's interface was not seen, and the VIP belongs to no subnet of eth0",
      hosts: { rs1: { ...tun.rs1, 'ip addr': eth0('192.168.20.21') }, ds1: without(tun.ds1, 'ip addr') },
      reason: 'link-unknown',
    },
    {
      name: 'one interface was listed',
      hosts: {
        rs1: {
          ...without(dr.rs1, 'ip addr'),
          'ip addr show eth0': ipAddr([{ name: 'eth0', addresses: ['192.168.10.21/24'] }]),
        },
        ds1: dr.ds1,
      },
      reason: 'listing-cut',
    },
  ],
  notMeant: [{ name: 'a director', hosts: { ds1: dr.ds1, ds2: dr.ds2, rs1: dr.rs1 } }],
})
