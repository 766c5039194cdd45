import { testCheck } from '../check-tester.ts'
import { conf, dr, ipvs, VIP, without } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const TWO = ['192.168.10.21:80 Route 1', '192.168.10.22:80 Route 1']
const pair = (table: string, file = conf({ state: 'BACKUP', priority: 90 })) => ({
  ds1: dr.ds1,
  ds2: { ...dr.ds2, 'ipvsadm -Ln': table, [CONF]: file },
})
const ONE = ipvs(['192.168.10.21:80 Route 1'])
const SORRY = '    sorry_server 192.168.10.99 80'
const SHORT = conf({ state: 'BACKUP', priority: 90, servers: ['192.168.10.21 80'] })

/** What the collector writes. */
const collected = (host: string, time: number, table: string): string =>
  [
    `#@ lvsdoctor collect 1 host=${host} time=${time}`,
    '#@ run ipvsadm: ipvsadm -Ln',
    table,
    `#@ end ipvsadm exit=0 lines=${table.split('\n').length}`,
    '#@ done probes=1',
    '',
  ].join('\n')

testCheck('ipvs-tables-differ', {
  fail: [
    {
      name: "a server is missing in one director's file",
      hosts: pair(ONE, SHORT),
      claims: [
        {
          message: 'tables-differ',
          data: { one: 'ds1', other: 'ds2', service: `tcp ${VIP}:80` },
          lines: ['-> 192.168.10.22:80             Route   1      0          0'],
          hosts: ['ds1', 'ds2'],
          severity: 'warning',
        },
      ],
    },
    {
      name: 'another scheduler, and persistence on one side',
      hosts: pair(ipvs(TWO, `TCP  ${VIP}:80 wlc persistent 50`)),
      claims: [
        {
          message: 'tables-differ',
          data: { what: 'The scheduler is rr on ds1 and wlc on ds2' },
          lines: [`TCP  ${VIP}:80 rr`],
        },
        {
          message: 'tables-differ',
          data: { what: 'The persistence is 0 on ds1 and 50 on ds2' },
          lines: [`TCP  ${VIP}:80 rr`],
        },
      ],
    },
    {
      name: 'another way of forwarding',
      hosts: pair(ipvs(['192.168.10.21:80 Route 1', '192.168.10.22:80 Masq 1'])),
      claims: [
        {
          message: 'tables-differ',
          data: { what: '192.168.10.22:80 is Route on ds1 and Masq on ds2' },
          lines: ['-> 192.168.10.22:80             Masq    1      0          0'],
        },
      ],
    },
  ],
  pass: [
    { name: 'the same', hosts: pair(ipvs(TWO)) },
    { name: 'in another order', hosts: pair(ipvs([...TWO].reverse())) },
    { name: "removed by that director's own check: its file has it", hosts: pair(ONE) },
    {
      name: 'weights differ, as checks with weights make them',
      hosts: pair(ipvs(['192.168.10.21:80 Route 1', '192.168.10.22:80 Route 0'])),
    },
    {
      name: 'the sorry server stands in on one side',
      hosts: {
        ds1: { ...dr.ds1, [CONF]: conf({ virtual: SORRY }) },
        ds2: { ...dr.ds2, 'ipvsadm -Ln': ipvs(['192.168.10.99:80 Route 1']), [CONF]: conf({ virtual: SORRY }) },
      },
    },
  ],
  undecided: [
    {
      name: 'a server is missing, and the file was not seen',
      hosts: { ds1: dr.ds1, ds2: without(pair(ONE).ds2, CONF) },
      reason: 'conf-unseen',
    },
    {
      name: 'two directors of different services',
      hosts: {
        ds1: dr.ds1,
        ds2: { ...dr.ds2, [CONF]: '', 'ipvsadm -Ln': ipvs(TWO, 'TCP  192.168.10.200:80 rr') },
      },
      reason: 'one-table',
    },
    {
      name: 'the tables were collected two hours apart',
      hosts: { ds1: collected('ds1', 1790000000, ipvs(TWO)), ds2: collected('ds2', 1790007200, ONE) },
      reason: 'looks-apart',
    },
  ],
  notChecked: [{ name: 'one director alone', hosts: { ds1: dr.ds1 } }],
})
