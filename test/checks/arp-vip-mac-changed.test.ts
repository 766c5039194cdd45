import { testCheck } from '../check-tester.ts'
import { CLIENT, dr, ipAddr, VIP } from './support/cluster.ts'

const DS1 = '52:54:00:00:00:11'
const DS2 = '52:54:00:00:00:12'
const RS1 = '52:54:00:00:00:21'
const ROUTER = '52:54:00:00:01:01'

/** `arp -n` of net-tools: ip, MAC, flags. */
const arp = (...rows: readonly string[]): string =>
  [
    'Address                  HWtype  HWaddress           Flags Mask            Iface',
    ...rows.map((row) => {
      const [ip = '', mac = '', flags = 'C', dev = 'bond0'] = row.split(' ')
      if (flags === '-') return `${ip.padEnd(24)}         (incomplete)                              ${dev}`
      return `${ip.padEnd(24)} ether   ${mac}   ${flags}                     ${dev}`
    }),
  ].join('\n')

const neigh = (...rows: readonly string[]): string =>
  rows
    .map((row) => {
      const [ip = '', mac = '', state = 'REACHABLE'] = row.split(' ')
      return `${ip} dev eth0 lladdr ${mac} ${state}`
    })
    .join('\n')

/** What the router of the cluster sees, twice. */
const twice = (before: string, after: string, between: Readonly<Record<string, string>> = {}) => ({
  'ip neigh': neigh(before, `192.168.10.99 02:00:00:00:00:99`),
  ...between,
  'ip neigh #2': neigh(after, `192.168.10.99 02:00:00:00:00:99`),
})
const cluster = { ds1: dr.ds1, ds2: dr.ds2, rs1: dr.rs1 }
const row = (text: string): string => neigh(text)

testCheck('arp-vip-mac-changed', {
  fail: [
    {
      name: 'an application server asks again and is answered by another machine; no VIP is known',
      hosts: {
        app: {
          'arp -n': arp('10.65.32.31 48:8e:ef:7b:c6:0a', '10.65.32.83 50:5d:ac:ed:89:dd'),
          'arp -d 10.65.32.31': '',
          'telnet 10.65.32.31 12100': 'Trying 10.65.32.31...\nConnected to 10.65.32.31.',
          'arp -n #2': arp('10.65.32.31 48:8e:ef:7b:c7:5a', '10.65.32.83 50:5d:ac:ed:89:dd'),
        },
      },
      claims: [
        {
          message: 'address-moved',
          data: { ip: '10.65.32.31', dev: 'bond0', before: '48:8e:ef:7b:c6:0a', after: '48:8e:ef:7b:c7:5a' },
          lines: [
            '10.65.32.31              ether   48:8e:ef:7b:c7:5a   C                     bond0',
            '10.65.32.31              ether   48:8e:ef:7b:c6:0a   C                     bond0',
          ],
          severity: 'critical',
          hosts: ['app'],
        },
      ],
    },
    {
      name: 'the VIP goes from the director to a real server',
      hosts: { router: twice(`${VIP} ${DS1}`, `${VIP} ${RS1}`), ...cluster },
      claims: [
        {
          message: 'vip-moved',
          data: { ip: VIP, dev: 'eth0', ownerBefore: ' (ds1)', ownerAfter: ' (rs1)' },
          lines: [row(`${VIP} ${RS1}`), row(`${VIP} ${DS1}`)],
          severity: 'critical',
          hosts: ['router', 'ds1', 'rs1'],
        },
      ],
    },
    {
      name: 'a restart between the looks excuses directors only, not the real server that answers',
      hosts: {
        router: twice(`${VIP} ${DS1}`, `${VIP} ${RS1}`, { 'systemctl restart keepalived': '' }),
        rs1: dr.rs1,
        ds1: dr.ds1,
        ds2: dr.ds2,
      },
      claims: [{ message: 'vip-moved', data: { ownerAfter: ' (rs1)' }, lines: [row(`${VIP} ${RS1}`)] }],
    },
    {
      name: 'both MACs are directors, and both hold the VIP: split brain, no failover',
      hosts: {
        router: twice(`${VIP} ${DS1}`, `${VIP} ${DS2}`),
        ds1: dr.ds1,
        ds2: {
          ...dr.ds2,
          'ip addr': ipAddr([{ name: 'eth0', mac: DS2, addresses: ['192.168.10.12/24', `${VIP}/32`] }]),
        },
      },
      claims: [{ message: 'vip-moved', data: { ownerAfter: ' (ds2)' }, lines: [row(`${VIP} ${DS2}`)] }],
    },
    {
      name: 'a virtual MAC does not change in a failover',
      hosts: { router: twice(`${VIP} 00:00:5e:00:01:33`, `${VIP} ${DS2}`), ...cluster },
      claims: [
        {
          message: 'vip-moved',
          data: { vrid: 51, before: '00:00:5e:00:01:33' },
          lines: [row(`${VIP} ${DS2}`), row(`${VIP} 00:00:5e:00:01:33`)],
        },
      ],
    },
    {
      name: 'failover: both MACs belong to directors and one of them holds the VIP now',
      hosts: { router: twice(`${VIP} ${DS2}`, `${VIP} ${DS1} STALE`), ...cluster },
      claims: [
        {
          message: 'failover',
          data: { why: 'Both MACs belong to directors' },
          lines: [row(`${VIP} ${DS1} STALE`), row(`${VIP} ${DS2}`)],
          severity: 'note',
        },
      ],
    },
    {
      name: 'somebody stopped keepalived between the two looks, whoever has the MACs',
      hosts: {
        lab: [
          `[root@client ~]# arp -n`,
          arp('10.0.0.200 52:54:00:aa:00:01 C eth0'),
          '[root@ds1 ~]# systemctl stop keepalived',
          '[root@client ~]# arp -n',
          arp('10.0.0.200 52:54:00:aa:00:02 C eth0'),
          '[root@client ~]# ',
        ].join('\n'),
      },
      on: 'client',
      claims: [
        {
          message: 'failover',
          data: { ip: '10.0.0.200', why: '"systemctl stop keepalived" was typed on ds1 between the two looks' },
          lines: ['10.0.0.200               ether   52:54:00:aa:00:02   C                     eth0'],
          severity: 'note',
        },
      ],
    },
    {
      name: "a real server's own address is taken by somebody else; the VIP comes first",
      hosts: {
        router: {
          'ip neigh': neigh(`192.168.10.21 ${RS1}`, `${VIP} ${DS1}`),
          'ip neigh #2': neigh('192.168.10.21 02:00:00:00:00:66', `${VIP} 02:00:00:00:00:66`),
        },
        ...cluster,
      },
      claims: [
        { message: 'vip-moved', data: { ip: VIP }, lines: [row(`${VIP} 02:00:00:00:00:66`)] },
        {
          message: 'machine-moved',
          data: { ip: '192.168.10.21', ownerBefore: ' (rs1)', ownerAfter: '' },
          lines: [row('192.168.10.21 02:00:00:00:00:66'), row(`192.168.10.21 ${RS1}`)],
          severity: 'critical',
        },
      ],
    },
    {
      name: 'a bond in mode 6 answers with the MAC of each of its interfaces',
      hosts: {
        router: twice('192.168.10.31 52:54:00:00:00:31', '192.168.10.31 52:54:00:00:00:32'),
        db: {
          'ip addr': ipAddr([
            { name: 'eth0', mac: '52:54:00:00:00:31', addresses: [], master: 'bond0' },
            { name: 'eth1', mac: '52:54:00:00:00:32', addresses: [], master: 'bond0' },
            { name: 'bond0', mac: '52:54:00:00:00:31', addresses: ['192.168.10.31/24'] },
          ]),
        },
      },
      claims: [
        {
          message: 'one-machine',
          data: { ownerBefore: ' (db)', ownerAfter: ' (db)' },
          lines: [row('192.168.10.31 52:54:00:00:00:32')],
          severity: 'note',
        },
      ],
    },
    {
      name: 'two files without a clock: which came first is not known',
      hosts: {
        before: `[root@app ~]# arp -n\n${arp('10.0.0.9 02:00:00:00:00:01')}\n[root@app ~]# \n`,
        after: `[root@app ~]# arp -n\n${arp('10.0.0.9 02:00:00:00:00:02')}\n[root@app ~]# \n`,
      },
      on: 'app',
      claims: [
        {
          message: 'address-moved',
          data: { ordered: false },
          lines: ['10.0.0.9                 ether   02:00:00:00:00:02   C                     bond0'],
        },
      ],
    },
  ],
  pass: [
    { name: 'the same MAC twice', hosts: { router: twice(`${VIP} ${DS1}`, `${VIP} ${DS1} STALE`), ...cluster } },
    {
      name: 'only complete entries count: incomplete, failed and static ones say nothing about who answers',
      hosts: {
        client: {
          'arp -n': arp(`${CLIENT} - -`, `${VIP} ${DS2} CM`, `10.0.0.1 ${ROUTER}`),
          'arp -n #2': arp(`${CLIENT} ${DS1}`, `${VIP} ${DS1}`, `10.0.0.1 ${ROUTER}`),
        },
      },
    },
    {
      name: 'one address on two interfaces is two neighbours',
      hosts: {
        client: {
          'arp -n': arp(`10.0.0.1 ${ROUTER} C eth0`, `10.0.0.9 ${DS1} C eth0`),
          'arp -n #2': arp(`10.0.0.1 ${ROUTER} C eth0`, `10.0.0.9 ${DS2} C eth1`),
        },
      },
    },
    {
      name: 'arp and ip neigh write the same table in two ways',
      hosts: { client: { 'arp -n': arp(`${VIP} ${DS1} C eth0`), 'ip neigh': neigh(`${VIP} ${DS1}`) } },
    },
  ],
  notApplicable: [
    { name: 'one look', hosts: { client: { 'ip neigh': neigh(`${VIP} ${DS1}`) } }, reason: 'seen-once' },
    {
      name: 'no address in both',
      hosts: { client: { 'arp -n': arp(`${VIP} ${DS1}`), 'arp -n #2': arp(`10.0.0.1 ${ROUTER}`) } },
      reason: 'none-twice',
    },
  ],
})
