import { testCheck } from '../check-tester.ts'
import { conf, dr, ipvs, VIP, without } from './support/cluster.ts'

const SERVERS = ['192.168.10.21:80', '192.168.10.22:80']
const table = (service: string, servers = SERVERS) => ({ ds1: { ...dr.ds1, 'ipvsadm -Ln': ipvs(servers, service) } })
const STICKY = `TCP  ${VIP}:80 rr persistent 50`
const configured = (virtual: string) => ({
  ds1: { 'cat /etc/keepalived/keepalived.conf': conf({ virtual }), 'ip addr': dr.ds1['ip addr'] ?? '' },
})

const TEMPLATES = `
IPVS connection entries
pro expire state       source             virtual            destination
TCP 01:55  FIN_WAIT    172.16.0.10:45678  192.168.10.100:80  192.168.10.21:80
TCP 00:49  ASSURED     172.16.0.10:0      192.168.10.100:80  192.168.10.21:80`

testCheck('persistence-hides-rr', {
  fail: [
    {
      name: 'the table says persistent 50',
      hosts: table(STICKY),
      claims: [
        {
          message: 'sticks-to-one',
          data: { host: 'ds1', service: `${VIP}:80`, seconds: 50, scheduler: 'rr', client: '' },
          lines: [STICKY],
          hosts: ['ds1'],
          severity: 'note',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'the connection table shows who is kept where',
      hosts: { ds1: { ...dr.ds1, 'ipvsadm -Ln': ipvs(SERVERS, STICKY), 'ipvsadm -Lnc': TEMPLATES } },
      claims: [
        {
          message: 'sticks-to-one',
          data: { client: '172.16.0.10', server: '192.168.10.21' },
          lines: ['TCP 00:49  ASSURED     172.16.0.10:0      192.168.10.100:80  192.168.10.21:80'],
          proof: 'direct',
        },
      ],
    },
    {
      name: 'a mask makes one client of a whole network',
      hosts: table(`TCP  ${VIP}:80 wrr persistent 300 mask 255.255.255.0`),
      claims: [
        {
          message: 'sticks-to-one',
          data: { scheduler: 'wrr', seconds: 300, mask: '255.255.255.0' },
          lines: [`TCP  ${VIP}:80 wrr persistent 300 mask 255.255.255.0`],
        },
      ],
    },
    {
      name: 'only keepalived.conf was seen',
      hosts: configured('    persistence_timeout 50'),
      claims: [{ message: 'sticks-to-one', data: { seconds: 50, scheduler: 'rr' }, lines: ['persistence_timeout 50'] }],
    },
  ],
  pass: [
    { name: 'rr without persistence', hosts: { ds1: dr.ds1 } },
    {
      name: 'the table is what happens, whatever the file says by now',
      hosts: {
        ds1: {
          'ipvsadm -Ln': ipvs(SERVERS),
          'cat /etc/keepalived/keepalived.conf': conf({ virtual: '    persistence_timeout 50' }),
        },
      },
    },
    {
      name: 'persistence_timeout 0 is out of range: keepalived sets none',
      hosts: {
        ds1: { ...dr.ds1, 'cat /etc/keepalived/keepalived.conf': conf({ virtual: '    persistence_timeout 0' }) },
      },
    },
  ],
  notApplicable: [
    {
      name: 'sh ties a client to a server by design',
      hosts: table(`TCP  ${VIP}:80 sh persistent 50`),
      reason: 'no-such-service',
    },
    {
      name: 'one server: nothing to balance',
      hosts: table(STICKY, ['192.168.10.21:80']),
      reason: 'no-such-service',
    },
  ],
  undecided: [
    {
      name: 'a configuration without persistence: somebody may have set it by hand',
      hosts: configured('    persistence_timeout 0'),
      reason: 'unseen',
    },
    {
      name: 'a director of which only the daemon was seen',
      hosts: { ds1: { 'ps axww': dr.ds1['ps axww'] ?? '' } },
      reason: 'unseen',
    },
    {
      name: 'the table breaks off',
      hosts: { ds1: `[root@ds1 ~]# ipvsadm -Ln\n${ipvs(SERVERS)}\n` },
      reason: 'unseen',
    },
  ],
  notMeant: [{ name: 'a real server', hosts: { rs1: dr.rs1, ds1: without(dr.ds1, 'ps axww') } }],
})
