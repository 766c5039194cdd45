import { testCheck } from '../check-tester.ts'
import { dr, ipAddr, sysctls, tun, VIP, without } from './support/cluster.ts'

const rs1 = (more: Readonly<Record<string, string>>) => ({ rs1: { ...dr.rs1, ...more }, ds1: dr.ds1, ds2: dr.ds2 })
const VIP_LINE = `inet ${VIP}/32 scope global lo:0`

testCheck('rs-arp-ignore-only-lo', {
  fail: [
    {
      name: 'on lo, as many guides say',
      hosts: rs1({ 'sysctl -a': sysctls({ 'conf.lo.arp_ignore': 1 }) }),
      claims: [
        {
          message: 'only-lo',
          data: { host: 'rs1', vip: VIP, dev: 'eth0', where: 'lo', value: 1 },
          lines: [
            'net.ipv4.conf.lo.arp_ignore = 1',
            'net.ipv4.conf.all.arp_ignore = 0',
            'net.ipv4.conf.eth0.arp_ignore = 0',
            VIP_LINE,
          ],
          severity: 'critical',
          hosts: ['rs1'],
        },
      ],
    },
    {
      name: 'in default, which an interface that exists does not follow',
      hosts: rs1({ 'sysctl -a': sysctls({ 'conf.default.arp_ignore': 1 }) }),
      claims: [
        {
          message: 'only-default',
          data: { where: 'default', value: 1 },
          lines: ['net.ipv4.conf.default.arp_ignore = 1', 'net.ipv4.conf.all.arp_ignore = 0'],
        },
      ],
    },
    {
      name: 'in both',
      hosts: rs1({ 'sysctl -a': sysctls({ 'conf.default.arp_ignore': 1, 'conf.lo.arp_ignore': 2 }) }),
      claims: [{ message: 'only-lo', data: { value: 2 }, lines: ['net.ipv4.conf.lo.arp_ignore = 2'] }],
    },
    {
      name: 'TUN: on lo and tunl0, but the requests come in by eth0 of the same network',
      hosts: {
        rs1: {
          ...tun.rs1,
          'ip addr': ipAddr([
            { name: 'tunl0', kind: 'ipip', addresses: [`${VIP}/32`] },
            { name: 'eth0', addresses: ['192.168.10.31/24', '192.168.20.21/24'] },
          ]),
          'sysctl -a': sysctls({ 'conf.lo.arp_ignore': 1, 'conf.tunl0.arp_ignore': 1 }, [
            'all',
            'default',
            'eth0',
            'lo',
            'tunl0',
          ]),
        },
        ds1: tun.ds1,
      },
      claims: [{ message: 'only-lo', data: { dev: 'eth0' }, lines: ['net.ipv4.conf.lo.arp_ignore = 1'] }],
    },
  ],
  pass: [
    {
      name: 'all=1, lo=1',
      hosts: rs1({ 'sysctl -a': sysctls({ 'conf.all.arp_ignore': 1, 'conf.lo.arp_ignore': 1 }) }),
    },
    {
      name: 'eth0 has its own',
      hosts: rs1({ 'sysctl -a': sysctls({ 'conf.eth0.arp_ignore': 1, 'conf.lo.arp_ignore': 1 }) }),
    },
    {
      name: 'a wrong value on eth0 is another ailment',
      hosts: rs1({ 'sysctl -a': sysctls({ 'conf.eth0.arp_ignore': 3, 'conf.lo.arp_ignore': 3 }) }),
    },
    {
      name: 'arptables drops the requests instead',
      hosts: rs1({
        'sysctl -a': sysctls({ 'conf.lo.arp_ignore': 1 }),
        'arptables -L -n': `Chain INPUT (policy ACCEPT)\n-j DROP -d ${VIP} \n\nChain OUTPUT (policy ACCEPT)\n`,
      }),
    },
    {
      name: 'TUN in another network: nobody there asks for the VIP',
      hosts: {
        rs1: {
          ...tun.rs1,
          'sysctl -a': sysctls({ 'conf.lo.arp_ignore': 1 }, ['all', 'default', 'eth0', 'lo', 'tunl0']),
        },
        ds1: tun.ds1,
      },
    },
  ],
  notApplicable: [
    { name: 'set nowhere at all', hosts: rs1({ 'sysctl -a': sysctls() }), reason: 'not-set-there' },
    {
      name: 'REDIRECT instead of a VIP',
      hosts: rs1({
        'ip addr': ipAddr([{ name: 'eth0', addresses: ['192.168.10.21/24'] }]),
        'sysctl -a': sysctls({ 'conf.lo.arp_ignore': 1 }),
      }),
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
      name: 'only lo was looked at',
      hosts: rs1({ 'sysctl -a': 'net.ipv4.conf.lo.arp_ignore = 1' }),
      reason: 'value-unknown',
    },
    {
      name: 'lo and default were not looked at',
      hosts: rs1({ 'sysctl -a': 'net.ipv4.conf.all.arp_ignore = 0\nnet.ipv4.conf.eth0.arp_ignore = 0' }),
      reason: 'value-unknown',
    },
    {
      name: 'an arptables chain of its own',
      hosts: rs1({
        'sysctl -a': sysctls({ 'conf.lo.arp_ignore': 1 }),
        'arptables -L -n': 'Chain INPUT (policy ACCEPT)\n-j LVS -i eth0\n\nChain LVS (1 references)\n',
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
          'sysctl -a': sysctls({ 'conf.lo.arp_ignore': 1 }),
        },
      },
      reason: 'link-unknown',
    },
  ],
  notMeant: [{ name: 'a director', hosts: { ds1: dr.ds1, ds2: dr.ds2, rs1: dr.rs1 } }],
})
