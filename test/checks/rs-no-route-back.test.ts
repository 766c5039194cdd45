import { testCheck } from '../check-tester.ts'
import { CLIENT, client, dr, ipAddr, nat, tun, VIP, without } from './support/cluster.ts'

const LAN = `192.168.10.0/24 dev eth0 proto kernel scope link src 192.168.10.21
local 127.0.0.0/8 dev lo table local proto kernel scope host src 127.0.0.1
local 192.168.10.21 dev eth0 table local proto kernel scope host src 192.168.10.21
local ${VIP} dev lo table local proto kernel scope host src ${VIP}`

const rs1 = (table: string, more: Readonly<Record<string, string>> = {}) => ({
  rs1: { ...dr.rs1, 'ip route show table all': table, ...more },
  ds1: dr.ds1,
  ds2: dr.ds2,
  client,
})

testCheck('rs-no-route-back', {
  fail: [
    {
      name: 'no default route, and the client is in another network',
      hosts: rs1(LAN),
      claims: [
        {
          message: 'no-route',
          data: { host: 'rs1', vip: VIP, client: CLIENT, refused: false },
          lines: ['192.168.10.0/24 dev eth0 proto kernel scope link src 192.168.10.21'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'a blackhole for the network of the client',
      hosts: rs1(`default via 192.168.10.1 dev eth0\nblackhole 172.16.0.0/12\n${LAN}`),
      claims: [{ message: 'no-route', data: { refused: true }, lines: ['blackhole 172.16.0.0/12'] }],
    },
    {
      name: 'a policy rule for the VIP leads to a table that refuses',
      hosts: rs1(`default via 192.168.10.1 dev eth0\nunreachable default table 101\n${LAN}`, {
        'ip rule': `0:	from all lookup local\n100:	from ${VIP} lookup 101\n32766:	from all lookup main\n32767:	from all lookup default`,
      }),
      claims: [{ message: 'no-route', data: { refused: true }, lines: ['unreachable default table 101'] }],
    },
    {
      name: 'the tunnel is no excuse',
      hosts: {
        rs1: {
          ...tun.rs1,
          'ip route show table all': `192.168.20.0/24 dev eth0 proto kernel scope link src 192.168.20.21\nlocal 192.168.20.21 dev eth0 table local proto kernel scope host src 192.168.20.21`,
        },
        ds1: tun.ds1,
        client,
      },
      claims: [
        {
          message: 'no-route',
          data: { host: 'rs1' },
          lines: ['192.168.20.0/24 dev eth0 proto kernel scope link src 192.168.20.21'],
        },
      ],
    },
  ],
  pass: [
    { name: 'a default route', hosts: { rs1: dr.rs1, ds1: dr.ds1, client } },
    { name: 'a default route leads to everybody, known or not', hosts: { rs1: dr.rs1, ds1: dr.ds1 } },
    {
      name: 'a route to the network of the client alone',
      hosts: rs1(`172.16.0.0/24 via 192.168.10.1 dev eth0\n${LAN}`),
    },
    {
      name: 'no rule was listed, but no table is there that one could lead to',
      hosts: { rs1: without(dr.rs1, 'ip rule'), ds1: dr.ds1, client },
    },
  ],
  notApplicable: [
    {
      name: 'the client counts as local: another fault',
      hosts: rs1(
        `default via 192.168.10.1 dev eth0\nlocal 172.16.0.0/24 dev lo table local proto kernel scope host src ${VIP}\n${LAN}`,
      ),
      reason: 'client-is-local',
    },
    {
      name: 'a service by firewall mark tells no VIP',
      hosts: {
        rs1: { ...dr.rs1, 'ip addr': ipAddr([{ name: 'eth0', addresses: ['192.168.10.21/24'] }]) },
        ds1: {
          'ipvsadm -Ln':
            'IP Virtual Server version 1.2.1 (size=4096)\nProt LocalAddress:Port Scheduler Flags\n  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn\nFWM  8 rr\n  -> 192.168.10.21:80             Route   1      0          0         ',
        },
      },
      reason: 'no-vip-served',
    },
  ],
  undecided: [
    {
      name: 'no default route, host routes only, and nobody knows who asks',
      hosts: {
        rs1: {
          ...without(dr.rs1, 'ip route show table all'),
          'ip route':
            '192.168.1.6 dev eth0 scope link \n192.168.10.0/24 dev eth0 proto kernel scope link src 192.168.10.21',
        },
        ds1: dr.ds1,
      },
      reason: 'client-unknown',
    },
    {
      name: 'only main was listed, and no policy rules',
      hosts: {
        rs1: {
          ...without(without(dr.rs1, 'ip route show table all'), 'ip rule'),
          'ip route': '192.168.10.0/24 dev eth0 proto kernel scope link src 192.168.10.21',
        },
        ds1: dr.ds1,
        client,
      },
      reason: 'rules-unseen',
    },
  ],
  notMeant: [
    { name: 'NAT: the gateway is another check', hosts: { rs1: nat.rs1, ds1: nat.ds1, client } },
    { name: 'a director', hosts: { ds1: dr.ds1, rs1: dr.rs1, client } },
  ],
  notChecked: [
    {
      name: 'the routes were not listed',
      hosts: { rs1: { 'ip addr': ipAddr([{ name: 'eth0', addresses: ['192.168.10.21/24'] }]) }, ds1: dr.ds1, client },
    },
  ],
})
