import { testCheck } from '../check-tester.ts'
import { conf, dr, ipAddr, tun, VIP, without } from './support/cluster.ts'

const addresses = (own: string, ...more: readonly string[]) =>
  ipAddr([{ name: 'eth0', mac: `52:54:00:00:00:${own.slice(-2)}`, addresses: [`${own}/24`, ...more] }])
const BOTH = { ds1: dr.ds1, ds2: { ...dr.ds2, 'ip addr': addresses('192.168.10.12', `${VIP}/32`) } }
const LINE = `inet ${VIP}/32 scope global eth0`

const pasted = (host: string, parts: readonly [string, string][]): string =>
  parts.map(([command, output]) => `[root@${host} ~]# ${command}\n${output.trim()}\n`).join('')

testCheck('dual-vip', {
  fail: [
    {
      name: 'both directors have it on eth0',
      hosts: { ...BOTH, rs1: dr.rs1 },
      claims: [
        {
          message: 'two-holders',
          data: { vip: VIP, holders: 'ds1 (eth0) and ds2 (eth0)', stop: 'ds2' },
          lines: [LINE],
          hosts: ['ds1', 'ds2'],
          severity: 'critical',
        },
      ],
    },
    {
      name: 'presence needs no whole listing, and no third director',
      hosts: {
        ds1: { ...dr.ds1, 'ip addr show eth0': addresses('192.168.10.11', `${VIP}/32`) },
        ds2: BOTH.ds2,
        ds3: without(dr.ds2, 'ip addr'),
      },
      claims: [{ message: 'two-holders', data: { vip: VIP }, lines: [LINE] }],
    },
    {
      name: 'equal priorities: nobody can say which one to stop',
      hosts: {
        ds1: dr.ds1,
        ds2: { ...BOTH.ds2, 'cat /etc/keepalived/keepalived.conf': conf({ state: 'BACKUP', priority: 100 }) },
      },
      claims: [{ message: 'two-holders', data: { stop: '' }, lines: [LINE] }],
    },
    {
      name: 'the second one is known by its addresses only, and serves nothing',
      hosts: { ds1: dr.ds1, lb: { 'ip addr': addresses('192.168.10.13', `${VIP}/24 secondary`) } },
      claims: [
        {
          message: 'two-holders',
          data: { holders: 'ds1 (eth0) and lb (eth0)', stop: '' },
          lines: [LINE, `inet ${VIP}/24 scope global secondary eth0`],
        },
      ],
    },
  ],
  pass: [
    { name: 'one has it; the real servers have it on lo, as they should', hosts: { ...dr } },
    { name: 'the same in TUN, on tunl0', hosts: { ...tun } },
    {
      name: 'the backup is a real server too and has it on lo',
      hosts: {
        ds1: dr.ds1,
        ds2: {
          ...dr.ds2,
          'ip addr': ipAddr([
            { name: 'lo', kind: 'loopback', addresses: [`${VIP}/32 lo:0`] },
            { name: 'eth0', mac: '52:54:00:00:00:12', addresses: ['192.168.10.12/24'] },
          ]),
        },
      },
    },
    {
      name: 'on an interface that is down it answers nobody',
      hosts: {
        ds1: dr.ds1,
        ds2: {
          ...dr.ds2,
          'ip addr': ipAddr([
            { name: 'eth0', mac: '52:54:00:00:00:12', addresses: ['192.168.10.12/24'] },
            { name: 'eth1', mac: '52:54:00:00:01:12', addresses: [`${VIP}/32`], down: true },
          ]),
        },
      },
    },
    {
      name: 'a real server with the VIP on eth0 is another ailment',
      hosts: {
        ds1: dr.ds1,
        ds2: dr.ds2,
        rs1: { ...dr.rs1, 'ip addr': addresses('192.168.10.21', `${VIP}/32`) },
      },
    },
  ],
  undecided: [
    {
      name: 'keepalived was stopped on one of them after its addresses were shown',
      hosts: { ds1: BOTH.ds1, ds2: { ...BOTH.ds2, 'systemctl stop keepalived': '' } },
      reason: 'moved-since',
    },
    {
      name: 'ip -o prints no flags: the VIP on lo of a director that is a real server is no second holder',
      hosts: {
        ds1: dr.ds1,
        ds2: {
          ...without(dr.ds2, 'ip addr'),
          'ip -o -4 addr': `1: lo    inet ${VIP}/32 scope global lo:0\n2: eth0    inet 192.168.10.12/24 brd 192.168.10.255 scope global eth0`,
        },
      },
      reason: 'listing-cut',
    },
    { name: 'one director only', hosts: { ds1: dr.ds1, rs1: dr.rs1 }, reason: 'one-director' },
    {
      name: 'the listing of the backup is a selection',
      hosts: { ds1: dr.ds1, ds2: { ...without(dr.ds2, 'ip addr'), 'ip addr show eth0': addresses('192.168.10.12') } },
      reason: 'listing-cut',
    },
    {
      name: 'no VIP is known',
      hosts: {
        ds1: { 'ip addr': addresses('192.168.10.11'), 'ps axww': dr.ds1['ps axww'] ?? '' },
        ds2: { 'ip addr': addresses('192.168.10.12'), 'ps axww': dr.ds2['ps axww'] ?? '' },
      },
      reason: 'no-vip-known',
    },
    {
      name: 'the VIP moves from one look to the other: keepalived was stopped in between',
      hosts: {
        notes:
          pasted('ds1', [
            ['cat /etc/keepalived/keepalived.conf', conf()],
            ['ip addr', addresses('192.168.10.11', `${VIP}/32`)],
            ['systemctl stop keepalived', ''],
          ]) +
          pasted('ds2', [
            ['cat /etc/keepalived/keepalived.conf', conf({ state: 'BACKUP', priority: 90 })],
            ['ip addr', addresses('192.168.10.12', `${VIP}/32`)],
            ['', ''],
          ]),
      },
      reason: 'different-moments',
    },
  ],
  notChecked: [
    {
      name: "a third director's addresses were not seen",
      hosts: { ds1: dr.ds1, ds2: dr.ds2, ds3: without(dr.ds2, 'ip addr') },
    },
    { name: 'no director', hosts: { rs1: dr.rs1 } },
  ],
})
