import { testCheck } from '../check-tester.ts'
import { dr, ipvs, nat, two, VIP, without } from './support/cluster.ts'

const HEAD = 'State  Recv-Q Send-Q Local Address:Port  Peer Address:Port Process'
const row = (address: string) => `LISTEN 0      511          ${address}        0.0.0.0:*`
const ss = (...addresses: readonly string[]) => [HEAD, ...addresses.map(row)].join('\n')
const SAVED = `*nat
:PREROUTING ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
RULES
COMMIT
*filter
:INPUT ACCEPT [0:0]
COMMIT`
type Outputs = Readonly<Record<string, string>>
const server = (list: string, rules = '', base: Outputs = dr.rs1): Outputs => ({
  ...without(base, 'iptables -S'),
  'iptables-save': SAVED.replace('RULES\n', rules === '' ? '' : `${rules}\n`),
  'ss -lnt': list,
})
const POOL = { ds1: dr.ds1, rs2: dr.rs2 }
const OUT = { ds1: { ...dr.ds1, 'ipvsadm -Ln': ipvs(['192.168.10.22:80 Route 1']) }, ds2: dr.ds2, rs2: dr.rs2 }
const REDIRECT = `-A PREROUTING -d ${VIP}/32 -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080`

testCheck('rs-service-not-listening', {
  fail: [
    {
      name: 'the service is down and the server in the pool',
      hosts: { rs1: server(ss('0.0.0.0:22')), ...POOL },
      claims: [
        {
          message: 'nothing-there',
          data: { host: 'rs1', target: `${VIP}:80`, port: 80, idle: false },
          lines: [HEAD],
          hosts: ['rs1'],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
    {
      name: 'bound to its own address: the check is content, clients are refused',
      hosts: { rs1: server(ss('192.168.10.21:80')), ...POOL },
      claims: [{ message: 'other-address', data: { bound: '192.168.10.21' }, lines: [row('192.168.10.21:80')] }],
    },
    {
      name: 'bound to 127.0.0.1 behind NAT',
      hosts: { rs1: server(ss('127.0.0.1:80'), '', nat.rs1), ds1: nat.ds1 },
      claims: [{ message: 'other-address', data: { target: '10.10.0.21:80' }, lines: [row('127.0.0.1:80')] }],
    },
    {
      name: 'down on purpose and out of the pool, the others serve: a note',
      hosts: { rs1: server(ss('0.0.0.0:22')), ...OUT },
      claims: [{ message: 'nothing-there', data: { idle: true, last: false }, lines: [HEAD], severity: 'note' }],
    },
    {
      name: 'every server is down',
      hosts: { rs1: server(ss('0.0.0.0:22')), rs2: dr.rs2, ds1: { ...dr.ds1, 'ipvsadm -Ln': ipvs([]) } },
      claims: [{ message: 'nothing-there', data: { idle: true, last: true }, lines: [HEAD], severity: 'critical' }],
    },
  ],
  pass: [
    { name: 'on every address', hosts: { rs1: server(ss('0.0.0.0:80')), ...POOL } },
    { name: 'on every address of both families', hosts: { rs1: server(ss('*:80')), ...POOL } },
    { name: 'on [::]', hosts: { rs1: server(ss('[::]:80')), ...POOL } },
    { name: 'on the VIP', hosts: { rs1: server(ss(`${VIP}:80`)), ...POOL } },
    { name: 'NAT: on the own address', hosts: { rs1: server(ss('10.10.0.21:80'), '', nat.rs1), ds1: nat.ds1 } },
    { name: 'redirected to another port', hosts: { rs1: server(ss('0.0.0.0:8080'), REDIRECT), ...POOL } },
  ],
  notApplicable: [
    {
      name: 'UDP has no listeners in this list',
      hosts: {
        rs1: server(ss('0.0.0.0:22')),
        ds1: {
          ...without(dr.ds1, 'cat /etc/keepalived/keepalived.conf'),
          'ipvsadm -Ln': ipvs(['192.168.10.21:53 Route 1'], `UDP  ${VIP}:53 rr`),
        },
      },
      reason: 'not-tcp',
    },
  ],
  undecided: [
    {
      name: 'table nat was not listed, and may send the port elsewhere',
      hosts: { rs1: { ...dr.rs1, 'ss -lnt': ss('0.0.0.0:22') }, ...POOL },
      reason: 'may-be-redirected',
    },
    {
      name: 'the list was filtered',
      hosts: { rs1: { ...server(ss('0.0.0.0:22')), 'ss -lnt': '', 'ss -lnt | grep 22': ss('0.0.0.0:22') }, ...POOL },
      reason: 'list-cut',
    },
  ],
  notMeant: [{ name: 'a director', hosts: { ds1: { ...dr.ds1, 'ss -lnt': ss('0.0.0.0:22') } } }],
  notChecked: [{ name: 'nobody looked', hosts: { ds1: two.ds1 } }],
})
