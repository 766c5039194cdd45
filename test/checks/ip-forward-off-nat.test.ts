import { testCheck } from '../check-tester.ts'
import { conf, dr, ipvs, nat, sysctls, without } from './support/cluster.ts'

const DEVS = ['all', 'default', 'eth0', 'eth1', 'lo']
const EVERY = { 'conf.all.forwarding': 1, 'conf.default.forwarding': 1, 'conf.lo.forwarding': 1 }

const director = (values: string, more: Readonly<Record<string, string>> = {}) => ({
  ds1: { ...nat.ds1, 'sysctl -a': values, ...more },
})

const ALL_OFF = sysctls({}, DEVS)

const STUCK = `13:33:39.240019 eth1  In  IP 10.10.0.22.80 > 172.16.0.10.38702: Flags [S.], seq 2650845171, ack 1845574276, win 65160, options [mss 1460,sackOK,TS val 2917605114 ecr 205411605,nop,wscale 6], length 0`
const TO_SERVER = [
  '13:33:39.240019 eth0  In  IP 172.16.0.10.38702 > 192.168.10.100.80: Flags [S], seq 1845574275, win 64240, options [mss 1460,sackOK,TS val 205411605 ecr 0,nop,wscale 6], length 0',
  '13:33:39.240019 eth1  Out IP 172.16.0.10.38702 > 10.10.0.22.80: Flags [S], seq 1845574275, win 64240, options [mss 1460,sackOK,TS val 205411605 ecr 0,nop,wscale 6], length 0',
]
const capture = (...answers: readonly string[]): string =>
  [
    'tcpdump: data link type LINUX_SLL2',
    'tcpdump: listening on any, link-type LINUX_SLL2 (Linux cooked v2), snapshot length 96 bytes',
    ...TO_SERVER,
    ...answers,
    `${TO_SERVER.length + answers.length} packets captured`,
    `${TO_SERVER.length + answers.length} packets received by filter`,
    '0 packets dropped by kernel',
  ].join('\n')
const TCPDUMP = "tcpdump -nn -i any 'port 80'"

const STATS = `
IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port               Conns   InPkts  OutPkts  InBytes OutBytes
  -> RemoteAddress:Port
TCP  192.168.10.100:80                  12       24        0     1440        0
  -> 10.10.0.21:80                       6       12        0      720        0
  -> 10.10.0.22:80                       6       12        0      720        0`

testCheck('ip-forward-off-nat', {
  fail: [
    {
      name: 'ip_forward=0 and with it every interface',
      hosts: { ...director(ALL_OFF), rs1: nat.rs1, rs2: nat.rs2 },
      claims: [
        {
          message: 'forwarding-off',
          data: { host: 'ds1', dev: 'eth1', servers: '10.10.0.21 and 10.10.0.22', latent: false },
          lines: ['net.ipv4.conf.eth1.forwarding = 0', 'net.ipv4.ip_forward = 0'],
          hosts: ['ds1', 'rs1', 'rs2'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'the capture shows a SYN-ACK arrive and never leave: direct proof',
      hosts: director(ALL_OFF, { [TCPDUMP]: capture(STUCK) }),
      claims: [{ message: 'forwarding-off', data: { host: 'ds1' }, lines: [STUCK], proof: 'direct' }],
    },
    {
      name: 'IPVS counts packets in and none out: direct proof',
      hosts: director(ALL_OFF, { 'ipvsadm -Ln --stats': STATS }),
      claims: [
        {
          message: 'forwarding-off',
          data: { host: 'ds1' },
          lines: ['TCP  192.168.10.100:80                  12       24        0     1440        0'],
          proof: 'direct',
        },
      ],
    },
    {
      name: 'ip_forward=1, but the interface of the servers is off: the interface decides',
      hosts: director(sysctls({ ...EVERY, ip_forward: 1, 'conf.eth0.forwarding': 1 }, DEVS)),
      claims: [
        {
          message: 'interface-off',
          data: { dev: 'eth1' },
          lines: ['net.ipv4.conf.eth1.forwarding = 0', 'net.ipv4.ip_forward = 1'],
        },
      ],
    },
    {
      name: 'only ip_forward was asked for',
      hosts: { ds1: { ...without(nat.ds1, 'sysctl -a'), 'sysctl net.ipv4.ip_forward': 'net.ipv4.ip_forward = 0' } },
      claims: [{ message: 'forwarding-off', data: { dev: 'eth1' }, lines: ['net.ipv4.ip_forward = 0'] }],
    },
    {
      name: 'addresses and routes were not seen either',
      hosts: {
        ds1: {
          'cat /etc/keepalived/keepalived.conf': conf({ kind: 'NAT', servers: ['10.10.0.21 80'] }),
          'sysctl net.ipv4.ip_forward': 'net.ipv4.ip_forward = 0',
        },
      },
      claims: [{ message: 'forwarding-off', data: { dev: '' }, lines: ['net.ipv4.ip_forward = 0'] }],
    },
    {
      name: 'on the director that does not hold the VIP it is latent: a warning',
      hosts: { ds2: { ...nat.ds2, 'sysctl -a': ALL_OFF }, ds1: nat.ds1 },
      claims: [
        {
          message: 'forwarding-off',
          data: { host: 'ds2', latent: true },
          lines: ['net.ipv4.ip_forward = 0'],
          severity: 'warning',
        },
      ],
    },
    {
      name: 'answers that did leave once are no proof that they are stuck',
      hosts: director(ALL_OFF, {
        [TCPDUMP]: capture(
          STUCK,
          '13:33:39.240020 eth0  Out IP 192.168.10.100.80 > 172.16.0.10.38702: Flags [S.], seq 2650845171, ack 1845574276, win 65160, length 0',
        ),
      }),
      claims: [
        { message: 'forwarding-off', data: { host: 'ds1' }, lines: ['net.ipv4.ip_forward = 0'], proof: 'inferred' },
      ],
    },
  ],
  pass: [
    { name: 'everything forwards', hosts: director(nat.ds1['sysctl -a'] ?? '') },
    {
      name: 'ip_forward=0, but the interface of the servers forwards: it decides',
      hosts: director(sysctls({ 'conf.eth1.forwarding': 1 }, DEVS)),
    },
    {
      name: 'the interface of the clients does not matter',
      hosts: director(sysctls({ ...EVERY, ip_forward: 1, 'conf.eth1.forwarding': 1 }, DEVS)),
    },
  ],
  notApplicable: [
    {
      name: 'the only server behind NAT is the director itself',
      hosts: {
        ds1: {
          ...nat.ds1,
          'sysctl -a': ALL_OFF,
          'ipvsadm -Ln': ipvs(['192.168.10.11:80 Masq 1']),
          'cat /etc/keepalived/keepalived.conf': conf({ kind: 'NAT', servers: ['192.168.10.11 80'] }),
        },
      },
      reason: 'servers-are-local',
    },
  ],
  undecided: [
    {
      name: 'ip_forward=1 alone: an interface may be off all the same',
      hosts: { ds1: { ...without(nat.ds1, 'sysctl -a'), 'sysctl net.ipv4.ip_forward': 'net.ipv4.ip_forward = 1' } },
      reason: 'value-unknown',
    },
    {
      name: 'ip_forward=0, one interface forwards, and which is that of the servers was not seen',
      hosts: {
        ds1: {
          'cat /etc/keepalived/keepalived.conf': conf({ kind: 'NAT', servers: ['10.10.0.21 80'] }),
          'sysctl -a': sysctls({ 'conf.eth1.forwarding': 1 }, DEVS),
        },
      },
      reason: 'value-unknown',
    },
    {
      name: 'switched on by hand after the look: that has overwritten the interfaces',
      hosts: {
        ds1: { ...nat.ds1, 'sysctl -a': ALL_OFF, 'sysctl -w net.ipv4.ip_forward=1': 'net.ipv4.ip_forward = 1' },
      },
      reason: 'value-unknown',
    },
  ],
  notMeant: [
    { name: 'a DR director needs no forwarding', hosts: { ds1: dr.ds1, ds2: dr.ds2 } },
    { name: 'a real server behind NAT', hosts: { rs1: nat.rs1, ds1: nat.ds1 } },
  ],
})
