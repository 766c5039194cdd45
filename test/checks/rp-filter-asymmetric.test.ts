import { testCheck } from '../check-tester.ts'
import {
  CLIENT,
  client,
  dr,
  ipAddr,
  NO_FIREWALL,
  nat,
  reversePathCount,
  routes,
  sysctls,
  tun,
  twoLineRoutes,
  twoLineServer,
  twoLineSysctls,
  VIP,
  without,
} from './support/cluster.ts'

const STRICT = { 'conf.all.rp_filter': 1, 'conf.eth0.rp_filter': 1 }
const strictServer = { ...twoLineServer, 'sysctl -a': twoLineSysctls(STRICT) }
const around = { ds1: dr.ds1, ds2: dr.ds2, client }

const twoLineDirector = {
  ...dr.ds1,
  'ip addr': ipAddr([
    { name: 'eth0', mac: '52:54:00:00:00:11', addresses: ['192.168.10.11/24', `${VIP}/32`] },
    { name: 'eth1', mac: '52:54:00:00:01:11', addresses: ['192.168.30.11/24'] },
  ]),
  'ip route show table all': twoLineRoutes('default via 192.168.30.1 dev eth1').replaceAll('.21', '.11'),
  'sysctl -a': sysctls(STRICT, ['all', 'default', 'eth0', 'eth1', 'lo']),
}

/** A client in the subnet of the director's second line. */
const NEIGHBOUR = '192.168.30.50'
const synOf = (dev: string) =>
  `tcpdump: data link type LINUX_SLL2\n16:09:59.212434 ${dev}  In  IP ${NEIGHBOUR}.59632 > ${VIP}.80: Flags [S], seq 1, win 64240, length 0\n1 packet captured\n`

const neighbourConn = `IPVS connection entries\npro expire state       source             virtual            destination\nTCP 00:56  SYN_RECV    ${NEIGHBOUR}:52650   ${VIP}:80  192.168.10.21:80`

testCheck('rp-filter-asymmetric', {
  fail: [
    {
      name: 'strict on eth0, the route back to the client leaves by eth1',
      hosts: { rs1: strictServer, ...around },
      claims: [
        {
          message: 'other-way-back',
          data: { host: 'rs1', dev: 'eth0', client: CLIENT, back: 'eth1', vip: VIP, latent: false },
          lines: ['net.ipv4.conf.all.rp_filter = 1', 'default via 192.168.30.1 dev eth1'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'the kernel counts the drops',
      hosts: { rs1: { ...strictServer, 'nstat -az': reversePathCount(12) }, ...around },
      claims: [
        {
          message: 'other-way-back',
          data: { dev: 'eth0' },
          lines: ['TcpExtIPReversePathFilter       12                  0.0'],
          proof: 'direct',
        },
      ],
    },
    {
      name: 'the director that holds the VIP has its default route on another line',
      hosts: { ds1: twoLineDirector, ds2: dr.ds2, rs1: dr.rs1, client },
      claims: [
        {
          message: 'other-way-back',
          data: { host: 'ds1', latent: false },
          lines: ['net.ipv4.conf.eth0.rp_filter = 1'],
        },
      ],
    },
    {
      name: 'a client on the other line of the director asks by a router, and is seen on the line of the VIP',
      hosts: { ds1: { ...twoLineDirector, 'tcpdump -nn -i any tcp': synOf('eth0') }, rs1: dr.rs1 },
      claims: [
        {
          message: 'other-way-back',
          data: { host: 'ds1', client: NEIGHBOUR, back: 'eth1' },
          lines: ['net.ipv4.conf.eth0.rp_filter = 1'],
        },
      ],
    },
    {
      name: 'a director without the VIP: it bites after the next failover',
      hosts: {
        ds2: {
          ...twoLineDirector,
          'ip addr': twoLineDirector['ip addr']
            .replaceAll('.10.11', '.10.12')
            .replace(`inet ${VIP}/32`, 'inet 10.9.9.9/32'),
        },
        ds1: dr.ds1,
        client,
      },
      claims: [
        {
          message: 'other-way-back',
          data: { host: 'ds2', latent: true },
          lines: ['net.ipv4.conf.eth0.rp_filter = 1'],
          severity: 'warning',
        },
      ],
    },
  ],
  pass: [
    {
      name: 'a client on the other line of the director was seen to ask there, as its gateway is the director',
      hosts: { ds1: { ...twoLineDirector, 'tcpdump -nn -i any tcp': synOf('eth1') }, rs1: dr.rs1 },
    },
    {
      name: 'strict with a single line: harmless, as on most real servers',
      hosts: { rs1: { ...dr.rs1, 'sysctl -a': sysctls(STRICT) }, ...around },
    },
    {
      name: 'strict with a single line, and nobody knows who asks',
      hosts: { rs1: { ...dr.rs1, 'sysctl -a': sysctls(STRICT) }, ds1: dr.ds1 },
    },
    {
      name: 'loose is enough: some route leads to the client',
      hosts: {
        rs1: { ...twoLineServer, 'sysctl -a': twoLineSysctls({ ...STRICT, 'conf.eth0.rp_filter': 2 }) },
        ...around,
      },
    },
    {
      name: 'off, and no routes needed to say so',
      hosts: { rs1: without(twoLineServer, 'ip route show table all'), ...around },
    },
    {
      name: 'a policy rule sends answers from the VIP back by eth0',
      hosts: {
        rs1: {
          ...strictServer,
          'ip route show table all': twoLineRoutes(
            'default via 192.168.30.1 dev eth1',
            'default via 192.168.10.1 dev eth0 table 101\n',
          ),
          'ip rule': `0:	from all lookup local\n100:	from ${VIP} lookup 101\n32766:	from all lookup main\n32767:	from all lookup default`,
        },
        ...around,
      },
    },
    {
      name: 'NAT: the gateway of a real server is where requests come from',
      hosts: { rs1: { ...nat.rs1, 'sysctl -a': sysctls(STRICT) }, ds1: nat.ds1, client },
    },
  ],
  notApplicable: [
    { name: 'a tunnel only', hosts: { rs1: tun.rs1, ds1: tun.ds1, client }, reason: 'no-client-traffic' },
    {
      name: 'the client itself is another check',
      hosts: { client, ds1: dr.ds1, rs1: dr.rs1 },
      reason: 'no-client-traffic',
    },
    {
      name: 'no way back at all is another fault',
      hosts: { rs1: { ...strictServer, 'ip route show table all': twoLineRoutes('').trim() }, ...around },
      reason: 'no-route-at-all',
    },
  ],
  undecided: [
    {
      name: 'a client on the other line of the director, and nobody saw where it comes in',
      hosts: {
        ds1: { ...twoLineDirector, 'ipvsadm -Lnc': neighbourConn },
        rs1: dr.rs1,
      },
      reason: 'unseen',
    },
    {
      name: 'strict, and the routes were not listed',
      hosts: { rs1: without(strictServer, 'ip route show table all'), ...around },
      reason: 'unseen',
    },
    {
      name: 'only main was listed, and no policy rules',
      hosts: {
        rs1: {
          ...without(without(strictServer, 'ip rule'), 'ip route show table all'),
          'ip route':
            'default via 192.168.30.1 dev eth1\n192.168.10.0/24 dev eth0 proto kernel scope link src 192.168.10.21',
        },
        ...around,
      },
      reason: 'unseen',
    },
    { name: 'two lines, and nobody knows who asks', hosts: { rs1: strictServer, ds1: dr.ds1 }, reason: 'unseen' },
    {
      name: 'only the value of eth0 is known, and it is 0',
      hosts: { rs1: { ...twoLineServer, 'sysctl -a': 'net.ipv4.conf.eth0.rp_filter = 0' }, ...around },
      reason: 'unseen',
    },
    {
      name: 'a host without a known role',
      hosts: {
        box: {
          'ip addr': ipAddr([{ name: 'eth0', addresses: ['10.1.1.5/24'] }]),
          'ip route show table all': routes('10.1.1.5'),
          'sysctl -a': sysctls(STRICT),
          'iptables -S': NO_FIREWALL,
        },
      },
      reason: 'where-unknown',
    },
  ],
})
