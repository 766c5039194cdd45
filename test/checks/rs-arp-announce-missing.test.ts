import { testCheck } from '../check-tester.ts'
import { conf, dr, ipAddr, routes, sysctls, tun, VIP, without } from './support/cluster.ts'

const rs1 = (more: Readonly<Record<string, string>>) => ({ rs1: { ...dr.rs1, ...more }, ds1: dr.ds1, ds2: dr.ds2 })
const announce = (value: number) => sysctls({ 'conf.all.arp_ignore': 1, 'conf.all.arp_announce': value })
const VIP_LINE = `inet ${VIP}/32 scope global lo:0`
const DEVS = ['all', 'default', 'eth0', 'eth1', 'lo']
const addr = (...nics: readonly [string, ...string[]][]) =>
  ipAddr([
    { name: 'lo', kind: 'loopback', addresses: [`${VIP}/32 lo:0`] },
    ...nics.map(([name, ...addresses]) => ({ name, addresses })),
  ])
/** The gateway lies in another network of the same interface: nobody in the VIP's network is ever asked. */
const TWO_NETS = addr(['eth0', '192.168.10.21/24', '10.9.0.21/24'])

testCheck('rs-arp-announce-missing', {
  fail: [
    {
      name: 'arp_ignore is right, arp_announce was forgotten',
      hosts: rs1({ 'sysctl -a': announce(0) }),
      claims: [
        {
          message: 'asks-as-vip',
          data: { host: 'rs1', vip: VIP, dev: 'eth0', value: 0, target: '192.168.10.1' },
          lines: [
            VIP_LINE,
            'net.ipv4.conf.all.arp_announce = 0',
            'net.ipv4.conf.eth0.arp_announce = 0',
            'default via 192.168.10.1 dev eth0',
          ],
          severity: 'critical',
          hosts: ['rs1'],
        },
      ],
    },
    {
      name: 'set on lo only: requests never leave there',
      hosts: rs1({ 'sysctl -a': sysctls({ 'conf.lo.arp_announce': 2 }) }),
      claims: [{ message: 'asks-as-vip', data: { value: 0 }, lines: ['net.ipv4.conf.eth0.arp_announce = 0'] }],
    },
    {
      name: '1 is not enough where the gateway lies in the network of the VIP',
      hosts: rs1({ 'sysctl -a': announce(1) }),
      claims: [
        {
          message: 'asks-as-vip',
          data: { value: 1, target: '192.168.10.1' },
          lines: ['net.ipv4.conf.all.arp_announce = 1', 'default via 192.168.10.1 dev eth0'],
        },
      ],
    },
    {
      name: '1, and a client in the network of the VIP is asked directly',
      hosts: {
        ...rs1({
          'ip addr': TWO_NETS,
          'ip route show table all': `${routes('192.168.10.21', '10.9.0.1')}\n10.9.0.0/24 dev eth0 proto kernel scope link src 10.9.0.21`,
          'sysctl -a': announce(1),
        }),
        ds1: {
          ...dr.ds1,
          'ipvsadm -Lnc': [
            'IPVS connection entries',
            'pro expire state       source             virtual            destination',
            'TCP 14:57  ESTABLISHED 192.168.10.77:40112 192.168.10.100:80  192.168.10.21:80',
          ].join('\n'),
        },
      },
      claims: [{ message: 'asks-as-vip', data: { value: 1, target: '192.168.10.77' }, lines: [VIP_LINE] }],
    },
    {
      name: 'only addresses and sysctls were pasted: with one interface there is no other way out',
      hosts: { rs1: { 'ip addr': addr(['eth0', '192.168.10.21/24']), 'sysctl -a': announce(0) } },
      claims: [{ message: 'asks-as-vip', data: { target: 'the next hop' }, lines: [VIP_LINE] }],
    },
    {
      name: 'the same with 1: every neighbour lies in the network of the VIP',
      hosts: { rs1: { 'ip addr': addr(['eth0', '192.168.10.21/24']), 'sysctl -a': announce(1) } },
      claims: [{ message: 'asks-as-vip', data: { value: 1 }, lines: [VIP_LINE] }],
    },
    {
      name: 'arptables mangles another address',
      hosts: rs1({
        'sysctl -a': announce(0),
        'arptables -L -n':
          'Chain INPUT (policy ACCEPT)\n\nChain OUTPUT (policy ACCEPT)\n-j mangle -s 192.168.10.101 --mangle-ip-s 192.168.10.21 \n',
      }),
      claims: [{ message: 'asks-as-vip', data: { value: 0 }, lines: [VIP_LINE] }],
    },
  ],
  pass: [
    { name: 'all=2', hosts: rs1({}) },
    { name: 'eth0 alone is enough', hosts: rs1({ 'sysctl -a': sysctls({ 'conf.eth0.arp_announce': 2 }) }) },
    { name: 'all=2 decides whatever eth0 has', hosts: rs1({ 'sysctl -a': 'net.ipv4.conf.all.arp_announce = 2' }) },
    {
      name: '1 is enough where the VIP lies in no network of the interface',
      hosts: {
        rs1: {
          ...dr.rs1,
          'ip addr': ipAddr([
            { name: 'lo', kind: 'loopback', addresses: ['203.0.113.10/32 lo:0'] },
            { name: 'eth0', addresses: ['192.168.10.21/24'] },
          ]),
          'sysctl -a': announce(1),
        },
        ds1: {
          ...dr.ds1,
          'ip addr': ipAddr([{ name: 'eth0', addresses: ['192.168.10.11/24', '203.0.113.10/32'] }]),
          'cat /etc/keepalived/keepalived.conf': conf({ vips: ['203.0.113.10'] }),
          'ipvsadm -Ln': (dr.ds1['ipvsadm -Ln'] ?? '').replace(VIP, '203.0.113.10'),
        },
      },
    },
    {
      name: 'arptables writes the real address into the requests',
      hosts: rs1({
        'sysctl -a': announce(0),
        'arptables -L -n': `Chain INPUT (policy ACCEPT)\n-j DROP -d ${VIP} \n\nChain OUTPUT (policy ACCEPT)\n-j mangle -s ${VIP} --mangle-ip-s 192.168.10.21 \n`,
      }),
    },
    {
      name: 'TUN in another network: nobody there asks for the VIP',
      hosts: { rs1: { ...tun.rs1, 'sysctl -a': sysctls({}, ['all', 'default', 'eth0', 'lo', 'tunl0']) }, ds1: tun.ds1 },
    },
    {
      name: 'the master is a real server too: the VIP is its own',
      hosts: {
        ds1: {
          ...dr.ds1,
          'ip addr': ipAddr([
            { name: 'lo', kind: 'loopback', addresses: [`${VIP}/32 lo:0`] },
            { name: 'eth0', addresses: ['192.168.10.11/24'] },
          ]),
          'sysctl -a': announce(2),
          'ipvsadm -Ln': (dr.ds1['ipvsadm -Ln'] ?? '').replace('192.168.10.21:80', '192.168.10.11:80'),
        },
        ds2: dr.ds2,
      },
    },
  ],
  notApplicable: [
    {
      name: 'REDIRECT instead of a VIP: there is nothing to ask as',
      hosts: rs1({ 'ip addr': ipAddr([{ name: 'eth0', addresses: ['192.168.10.21/24'] }]), 'sysctl -a': announce(0) }),
      reason: 'vip-not-here',
    },
    {
      name: 'the master that is a real server too holds the VIP on eth0',
      hosts: {
        ds1: {
          ...dr.ds1,
          'ipvsadm -Ln': (dr.ds1['ipvsadm -Ln'] ?? '').replace('192.168.10.21:80', '192.168.10.11:80'),
        },
        ds2: dr.ds2,
      },
      reason: 'vip-not-here',
    },
  ],
  undecided: [
    {
      name: 'one interface was listed: the VIP may be on lo all the same',
      hosts: {
        rs1: {
          ...without(dr.rs1, 'ip addr'),
          'ip addr show eth0': ipAddr([{ name: 'eth0', addresses: ['192.168.10.21/24'] }]),
        },
        ds1: dr.ds1,
      },
      reason: 'listing-cut',
    },
    {
      name: "1, the gateway lies in another network, and whether there are clients in the VIP's own cannot be seen",
      hosts: rs1({
        'ip addr': TWO_NETS,
        'ip route show table all': routes('192.168.10.21', '10.9.0.1'),
        'sysctl -a': announce(1),
      }),
      reason: 'target-unknown',
    },
    {
      name: 'all and eth0 were not looked at',
      hosts: rs1({ 'sysctl -a': 'net.ipv4.conf.lo.arp_announce = 2' }),
      reason: 'value-unknown',
    },
    {
      name: 'two interfaces and no routes: which one do the answers leave by?',
      hosts: {
        ds1: dr.ds1,
        rs1: {
          ...without(dr.rs1, 'ip route show table all'),
          'ip addr': addr(['eth0', '192.168.10.21/24'], ['eth1', '10.9.0.21/24']),
          'sysctl -a': sysctls({ 'conf.all.arp_ignore': 1 }, DEVS),
        },
      },
      on: 'rs1',
      reason: 'target-unknown',
    },
    {
      name: '1, two networks and no routes: who is asked?',
      hosts: { rs1: { 'ip addr': TWO_NETS, 'sysctl -a': announce(1) }, ds1: dr.ds1 },
      reason: 'target-unknown',
    },
    {
      name: 'an arptables chain of its own',
      hosts: rs1({
        'sysctl -a': announce(0),
        'arptables -L -n':
          'Chain INPUT (policy ACCEPT)\n\nChain OUTPUT (policy ACCEPT)\n-j LVS -o eth0\n\nChain LVS (1 references)\n',
      }),
      reason: 'arptables-unclear',
    },
    {
      name: 'the VIP belongs to no subnet of the server, and no director was seen',
      hosts: {
        rs1: {
          'ip addr': ipAddr([
            { name: 'lo', kind: 'loopback', addresses: ['203.0.113.10/32 lo:0'] },
            { name: 'eth0', addresses: ['192.168.10.21/24'] },
          ]),
          'ip route show table all': routes('192.168.10.21'),
          'sysctl -a': announce(0),
        },
      },
      reason: 'link-unknown',
    },
  ],
  notMeant: [{ name: 'a director', hosts: { ds1: dr.ds1, ds2: dr.ds2, rs1: dr.rs1 } }],
})
