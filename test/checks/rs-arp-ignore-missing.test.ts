import { testCheck } from '../check-tester.ts'
import { dr, ipAddr, routes, sysctls, tun, VIP, without } from './support/cluster.ts'

const rs1 = (more: Readonly<Record<string, string>>) => ({ rs1: { ...dr.rs1, ...more }, ds1: dr.ds1, ds2: dr.ds2 })
const VIP_LINE = `inet ${VIP}/32 scope global lo:0`

/** `ip -o addr` prints no flags. */
const ONE_LINE = `
1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever
1: lo    inet ${VIP}/32 scope global lo:0\\       valid_lft forever preferred_lft forever
2: eth0    inet 192.168.10.21/24 brd 192.168.10.255 scope global eth0\\       valid_lft forever preferred_lft forever`

testCheck('rs-arp-ignore-missing', {
  fail: [
    {
      name: 'addresses listed by ip -o',
      hosts: {
        rs1: { ...without(dr.rs1, 'ip addr'), 'ip -o -4 addr': ONE_LINE, 'sysctl -a': sysctls() },
        ds1: dr.ds1,
      },
      claims: [
        {
          message: 'answers-for-vip',
          data: { host: 'rs1', dev: 'eth0' },
          lines: ['net.ipv4.conf.eth0.arp_ignore = 0'],
        },
      ],
    },
    {
      name: 'neither all nor eth0 is set',
      hosts: rs1({ 'sysctl -a': sysctls() }),
      claims: [
        {
          message: 'answers-for-vip',
          data: { host: 'rs1', vip: VIP, dev: 'eth0', value: 0, on: 'lo' },
          lines: ['net.ipv4.conf.eth0.arp_ignore = 0', 'net.ipv4.conf.all.arp_ignore = 0', VIP_LINE],
          severity: 'critical',
        },
      ],
    },
    {
      name: 'set on lo only: requests never arrive there',
      hosts: rs1({ 'sysctl -a': sysctls({ 'conf.lo.arp_ignore': 1 }) }),
      claims: [
        { message: 'answers-for-vip', data: { dev: 'eth0', value: 0 }, lines: ['net.ipv4.conf.all.arp_ignore = 0'] },
      ],
    },
    {
      name: 'value 3 keeps back scope host only, and the VIP is global',
      hosts: rs1({ 'sysctl -a': sysctls({ 'conf.all.arp_ignore': 3 }) }),
      claims: [{ message: 'answers-for-vip', data: { value: 3 }, lines: ['net.ipv4.conf.all.arp_ignore = 3'] }],
    },
    {
      name: 'only the real server was pasted: the VIP on lo gives it away',
      hosts: {
        rs1: {
          'ip addr': ipAddr([
            { name: 'lo', kind: 'loopback', addresses: [`${VIP}/32 lo:0`] },
            { name: 'eth0', addresses: ['192.168.10.21/24'] },
          ]),
          'sysctl -a': sysctls(),
        },
      },
      claims: [{ message: 'answers-for-vip', data: { host: 'rs1', dev: 'eth0' }, lines: [VIP_LINE] }],
    },
  ],
  pass: [
    { name: 'all=1', hosts: rs1({}) },
    { name: 'eth0 alone is enough', hosts: rs1({ 'sysctl -a': sysctls({ 'conf.eth0.arp_ignore': 1 }) }) },
    { name: '8 answers nobody', hosts: rs1({ 'sysctl -a': sysctls({ 'conf.all.arp_ignore': 8 }) }) },
    {
      name: 'arptables drops the requests instead',
      hosts: rs1({
        'sysctl -a': sysctls(),
        'arptables -L -n': `Chain INPUT (policy ACCEPT)\n-j DROP -d ${VIP} \n\nChain OUTPUT (policy ACCEPT)\n`,
      }),
    },
    {
      name: 'TUN in another network: nobody there asks for the VIP',
      hosts: { rs1: { ...tun.rs1, 'sysctl -a': sysctls({}, ['all', 'default', 'eth0', 'lo', 'tunl0']) }, ds1: tun.ds1 },
    },
  ],
  notApplicable: [
    {
      name: 'REDIRECT instead of a VIP: it is not on the real server at all',
      hosts: rs1({ 'ip addr': ipAddr([{ name: 'eth0', addresses: ['192.168.10.21/24'] }]), 'sysctl -a': sysctls() }),
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
          'sysctl -a': sysctls(),
        },
        ds1: dr.ds1,
      },
      reason: 'listing-cut',
    },
    {
      name: 'only the value of lo was looked at',
      hosts: rs1({ 'sysctl -a': 'net.ipv4.conf.lo.arp_ignore = 1' }),
      reason: 'value-unknown',
    },
    {
      name: 'an arptables chain of its own',
      hosts: rs1({
        'sysctl -a': sysctls(),
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
          'ip route show table all': routes('192.168.10.21'),
          'sysctl -a': sysctls(),
        },
      },
      reason: 'link-unknown',
    },
  ],
  notMeant: [{ name: 'a director answers, as it should', hosts: { ds1: dr.ds1, ds2: dr.ds2, rs1: dr.rs1 } }],
})
