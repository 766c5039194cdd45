import { testCheck } from '../check-tester.ts'
import {
  CLIENT,
  client,
  dr,
  ipAddr,
  nat,
  routes,
  tun,
  twoLineRoutes,
  twoLineServer,
  VIP,
  without,
} from './support/cluster.ts'

const router = (name: string, ip: string) => ({
  'ip addr': ipAddr([{ name: 'eth1', mac: `52:54:00:00:0${name.length}:01`, addresses: [`${ip}/24`] }]),
  'ps axww': '  PID TTY      STAT   TIME COMMAND\n    1 ?        Ss     0:01 /sbin/init',
})
const around = { ds1: dr.ds1, ds2: dr.ds2, client }
const twoRouters = { ...around, router: router('router', '192.168.10.1'), router2: router('router2', '192.168.30.1') }
const rs1 = (more: Readonly<Record<string, string>>) => ({ ...twoLineServer, ...more })

const POLICY = `0:	from all lookup local\n100:	from ${VIP} lookup 101\n32766:	from all lookup main\n32767:	from all lookup default`
const TABLE_101 = twoLineRoutes('default via 192.168.30.1 dev eth1', 'default via 192.168.10.1 dev eth0 table 101\n')
const LISTENING = 'tcpdump: listening on any, link-type LINUX_SLL2 (Linux cooked v2), snapshot length 262144 bytes'
const SYN = `12:00:00.000000 eth0  In  IP ${CLIENT}.40000 > ${VIP}.80: Flags [S], seq 1, win 64240, length 0`
const OUT = `12:00:00.000100 eth1  Out IP ${VIP}.80 > ${CLIENT}.40000: Flags [S.], seq 9, ack 2, win 65160, length 0`
const OUT_AGAIN = `12:00:01.040000 eth1  Out IP ${VIP}.80 > ${CLIENT}.40000: Flags [S.], seq 9, ack 2, win 65160, length 0`
const ACK = `12:00:00.001000 eth0  In  IP ${CLIENT}.40000 > ${VIP}.80: Flags [.], ack 1, win 502, length 0`
const LATER = `12:00:05.000000 eth0  In  IP ${CLIENT}.40000 > ${VIP}.80: Flags [F.], seq 80, ack 400, win 501, length 0`
const capture = (...lines: readonly string[]) => ({ 'tcpdump -nn -i any tcp': [LISTENING, ...lines].join('\n') })

testCheck('rs-multiline-return', {
  fail: [
    {
      name: 'the default route leaves by eth1, whose router is another one',
      hosts: { rs1: twoLineServer, ...twoRouters },
      claims: [
        {
          message: 'leaves-by-other-line',
          data: { host: 'rs1', vip: VIP, client: CLIENT, line: 'eth0', out: 'eth1', via: '192.168.30.1', seen: false },
          lines: ['default via 192.168.30.1 dev eth1', 'default via 192.168.10.1 dev eth0'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'the capture: SYN in by eth0, the same SYN-ACK out by eth1 again and again',
      hosts: { rs1: rs1(capture(SYN, OUT, OUT_AGAIN)), ...around },
      claims: [
        { message: 'leaves-by-other-line', data: { seen: true }, lines: [OUT, OUT_AGAIN, SYN], proof: 'direct' },
      ],
    },
    {
      name: 'a rule for another VIP does not help this one',
      hosts: {
        rs1: rs1({ 'ip rule': POLICY.replace(VIP, '192.168.30.100'), 'ip route show table all': TABLE_101 }),
        ...twoRouters,
      },
      claims: [
        { message: 'leaves-by-other-line', data: { out: 'eth1' }, lines: ['default via 192.168.30.1 dev eth1'] },
      ],
    },
    {
      name: 'a public gateway of another provider, and nobody knows who asks',
      hosts: {
        rs1: rs1({
          'ip addr': twoLineServer['ip addr'].replaceAll('192.168.30.21', '198.51.100.21'),
          'ip route show table all': twoLineRoutes('default via 198.51.100.1 dev eth1').replaceAll(
            '192.168.30.',
            '198.51.100.',
          ),
        }),
        ds1: dr.ds1,
        ds2: dr.ds2,
      },
      claims: [
        {
          message: 'leaves-by-other-line',
          data: { client: 'clients', via: '198.51.100.1' },
          lines: ['default via 198.51.100.1 dev eth1'],
        },
      ],
    },
  ],
  pass: [
    { name: 'one line only', hosts: { rs1: dr.rs1, ...around } },
    {
      name: 'ip rule from VIP leads back to its line',
      hosts: { rs1: rs1({ 'ip rule': POLICY, 'ip route show table all': TABLE_101 }), ...twoRouters },
    },
    {
      name: 'several next hops on purpose',
      hosts: {
        rs1: rs1({
          'ip route show table all': twoLineRoutes(
            'default \n\tnexthop via 192.168.10.1 dev eth0 weight 1 \n\tnexthop via 192.168.30.1 dev eth1 weight 1 ',
          ),
        }),
        ...twoRouters,
      },
    },
    {
      name: 'a single router behind both lines',
      hosts: {
        rs1: twoLineServer,
        ...around,
        router: {
          ...router('router', '192.168.10.1'),
          'ip addr': ipAddr([
            { name: 'eth1', mac: '52:54:00:00:01:01', addresses: ['192.168.10.1/24'] },
            { name: 'eth2', mac: '52:54:00:00:02:01', addresses: ['192.168.30.1/24'] },
          ]),
        },
      },
    },
    {
      name: 'the capture shows that these answers arrive',
      hosts: { rs1: rs1(capture(SYN, OUT, ACK, LATER)), ...around },
    },
    {
      name: 'the client is a neighbour on the other line',
      hosts: {
        rs1: twoLineServer,
        ...around,
        client: {
          ...client,
          'ip addr': ipAddr([{ name: 'eth0', addresses: ['192.168.30.10/24'] }]),
          'ip route show table all': routes('192.168.30.10', '192.168.30.1'),
        },
      },
    },
  ],
  notApplicable: [
    {
      name: 'a tunnel: the VIP belongs to no network here',
      hosts: { rs1: tun.rs1, ds1: tun.ds1, client },
      reason: 'no-line-here',
    },
  ],
  undecided: [
    {
      name: 'whether both gateways are one router was not seen',
      hosts: { rs1: twoLineServer, ...around },
      reason: 'router-unknown',
    },
    {
      name: 'a route of its own for the network of the client',
      hosts: {
        rs1: rs1({
          'ip route show table all': twoLineRoutes(
            'default via 192.168.10.1 dev eth0\n172.16.0.0/24 via 192.168.30.1 dev eth1',
          ),
        }),
        ...twoRouters,
      },
      reason: 'router-unknown',
    },
    {
      name: 'only main was listed, and no policy rules',
      hosts: {
        rs1: {
          ...without(without(twoLineServer, 'ip route show table all'), 'ip rule'),
          'ip route':
            'default via 192.168.30.1 dev eth1\n192.168.10.0/24 dev eth0 proto kernel scope link src 192.168.10.21\n192.168.30.0/24 dev eth1 proto kernel scope link src 192.168.30.21',
        },
        ...twoRouters,
      },
      reason: 'rules-unseen',
    },
    {
      name: 'such a route, and nobody knows who asks',
      hosts: {
        rs1: rs1({
          'ip route show table all': twoLineRoutes(
            'default via 192.168.10.1 dev eth0\n172.16.0.0/24 via 192.168.30.1 dev eth1',
          ),
        }),
        ds1: dr.ds1,
      },
      reason: 'clients-unknown',
    },
    {
      name: 'marks choose the table',
      hosts: {
        rs1: rs1({
          'ip rule':
            '0:	from all lookup local\n100:	from all fwmark 0x1 lookup 101\n32766:	from all lookup main\n32767:	from all lookup default',
          'ip route show table all': TABLE_101,
        }),
        ...twoRouters,
      },
      reason: 'by-mark',
    },
  ],
  notMeant: [{ name: 'NAT answers leave by the director', hosts: { rs1: nat.rs1, ds1: nat.ds1, client } }],
})
