import { testCheck } from '../check-tester.ts'
import { CLIENT, dr, nat, sysctls, two, VIP, without } from './support/cluster.ts'

const conns = (ip: string) => ({
  'ipvsadm -Lnc': `IPVS connection entries
pro expire state       source             virtual            destination
TCP 00:58  SYN_RECV    ${ip}:40000  ${VIP}:80  10.10.0.21:80`,
})
const values = (conntrack: number) => ({ 'sysctl -a': `${nat.ds1['sysctl -a']}\nnet.ipv4.vs.conntrack = ${conntrack}` })
const SNAT = `*nat
:PREROUTING ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
-A POSTROUTING -d 10.10.0.0/24 -o eth1 -j MASQUERADE
COMMIT
*filter
:INPUT ACCEPT [0:0]
COMMIT`
const NEAR = '10.10.0.77'
const LINE = '10.10.0.0/24 dev eth0 proto kernel scope link src 10.10.0.21'
const VIA = {
  ...nat.rs1,
  'ip route show table all':
    'default via 10.10.0.1 dev eth0\n10.10.0.1 dev eth0 scope link\nlocal 10.10.0.21 dev eth0 table local',
}

testCheck('nat-client-same-subnet', {
  fail: [
    {
      name: "a client in the servers' network",
      hosts: { rs1: nat.rs1, ds1: { ...nat.ds1, ...values(0), ...conns(NEAR) } },
      claims: [
        {
          message: 'answers-directly',
          data: { host: 'rs1', client: NEAR, rip: '10.10.0.21', dev: 'eth0', vip: VIP },
          lines: [LINE],
          severity: 'critical',
        },
      ],
    },
    {
      name: 'a MASQUERADE that vs.conntrack=0 makes void',
      hosts: {
        rs1: nat.rs1,
        ds1: { ...without(nat.ds1, 'iptables -S'), ...values(0), ...conns(NEAR), 'iptables-save': SNAT },
      },
      claims: [{ message: 'answers-directly', data: { client: NEAR }, lines: [LINE] }],
    },
  ],
  pass: [
    { name: 'clients elsewhere', hosts: { rs1: nat.rs1, ds1: { ...nat.ds1, ...conns(CLIENT) } } },
    {
      name: 'the server reaches its neighbours through the director',
      hosts: { rs1: VIA, ds1: { ...nat.ds1, ...conns(NEAR) } },
    },
    {
      name: 'the director hides the client behind its own address',
      hosts: {
        rs1: nat.rs1,
        ds1: { ...without(nat.ds1, 'iptables -S'), ...values(1), ...conns(NEAR), 'iptables-save': SNAT },
      },
    },
  ],
  notApplicable: [
    {
      name: 'one service balances by DR here, and by NAT elsewhere',
      hosts: {
        rs1: dr.rs1,
        ds1: {
          ...dr.ds1,
          'cat /etc/keepalived/keepalived.conf': '',
          'ipvsadm -Ln': (dr.ds1['ipvsadm -Ln'] ?? '').replace(/(\.22:80 +)Route/, '$1Masq '),
        },
      },
      reason: 'no-nat-server',
    },
  ],
  undecided: [
    { name: 'nobody knows who asks', hosts: { rs1: nat.rs1, ds1: nat.ds1 }, reason: 'clients-unknown' },
    {
      name: 'the routes were not listed',
      hosts: { rs1: without(nat.rs1, 'ip route show table all'), ds1: { ...nat.ds1, ...conns(NEAR) } },
      reason: 'route-unknown',
    },
    {
      name: 'whether the director translates the source was not seen',
      hosts: { rs1: nat.rs1, ds1: { ...nat.ds1, ...conns(NEAR), 'sysctl -a': sysctls() } },
      reason: 'source-nat-unknown',
    },
  ],
  notMeant: [{ name: 'DR', hosts: { rs1: dr.rs1, ds1: two.ds1 } }],
})
