import { testCheck } from '../check-tester.ts'
import { dr, ipAddr, ipvs, tun, VIP, without } from './support/cluster.ts'

const ETH0 = { name: 'eth0', mac: '52:54:00:00:00:21', addresses: ['192.168.20.21/24'] } as const
const rs1 = (addresses: string, ds1: Readonly<Record<string, string>> = tun.ds1) => ({
  rs1: { ...tun.rs1, 'ip addr': addresses },
  ds1,
})
const tunnel = (name: string, address: string | undefined, down = false) =>
  ({ name, kind: 'ipip', addresses: address === undefined ? [] : [address], down }) as const
const GRE = `
4: gre1@NONE: <POINTOPOINT,NOARP,UP,LOWER_UP> mtu 1476 qdisc noqueue state UNKNOWN group default qlen 1000
    link/gre 192.168.20.21 peer 192.168.10.11
    inet ${VIP}/32 scope global gre1
       valid_lft forever preferred_lft forever`
const SERVER = '-> 192.168.20.21:80             Tunnel  1      0          0'

testCheck('tunl0-down', {
  fail: [
    {
      name: 'the ipip module is not loaded',
      hosts: rs1(ipAddr([ETH0])),
      claims: [
        {
          message: 'no-device',
          data: { host: 'rs1', vip: VIP, dev: 'tunl0' },
          lines: [SERVER],
          severity: 'critical',
          hosts: ['rs1'],
        },
      ],
    },
    {
      name: 'loaded, with the VIP, but never brought up',
      hosts: rs1(ipAddr([tunnel('tunl0', `${VIP}/32`, true), ETH0])),
      claims: [
        {
          message: 'device-down',
          data: { dev: 'tunl0' },
          lines: ['2: tunl0@NONE: <NOARP> mtu 1480 qdisc noqueue state DOWN group default qlen 1000', SERVER],
        },
      ],
    },
    {
      name: 'weight 0: it bites when it gets requests again',
      hosts: {
        ...rs1(ipAddr([ETH0])),
        ds1: { ...tun.ds1, 'ipvsadm -Ln': ipvs(['192.168.20.21:80 Tunnel 0', '192.168.20.22:80 Tunnel 1']) },
      },
      claims: [
        {
          message: 'no-device',
          data: { idle: true },
          lines: ['-> 192.168.20.21:80             Tunnel  0      0          0'],
          severity: 'warning',
        },
      ],
    },
    {
      name: 'a device of its own that is down, beside a tunl0 that is down',
      hosts: rs1(ipAddr([tunnel('tunl0', undefined, true), tunnel('ipip1', `${VIP}/32`, true), ETH0])),
      claims: [{ message: 'device-down', data: { dev: 'tunl0' }, lines: [SERVER] }],
    },
    {
      name: 'the VIP on lo does not unpack anything',
      hosts: rs1(ipAddr([{ name: 'lo', kind: 'loopback', addresses: [`${VIP}/32 lo:0`] }, ETH0])),
      claims: [{ message: 'no-device', data: { vip: VIP }, lines: [SERVER] }],
    },
  ],
  pass: [
    { name: 'tunl0 is up', hosts: rs1(tun.rs1['ip addr'] ?? '') },
    {
      name: 'tunl0 is up, the VIP is on lo: packets are unpacked and accepted',
      hosts: rs1(
        ipAddr([{ name: 'lo', kind: 'loopback', addresses: [`${VIP}/32 lo:0`] }, tunnel('tunl0', undefined), ETH0]),
      ),
    },
    {
      name: 'a device of its own has the VIP, tunl0 is down',
      hosts: rs1(ipAddr([tunnel('tunl0', undefined, true), tunnel('ipip1', `${VIP}/32`), ETH0])),
    },
  ],
  undecided: [
    {
      name: 'ip -o addr does not say whether it is up',
      hosts: {
        rs1: {
          ...without(tun.rs1, 'ip addr'),
          'ip -o -4 addr': `1: lo    inet 127.0.0.1/8 scope host lo\n2: tunl0    inet ${VIP}/32 scope global tunl0\n3: eth0    inet 192.168.20.21/24 brd 192.168.20.255 scope global eth0`,
        },
        ds1: tun.ds1,
      },
      reason: 'state-unseen',
    },
    {
      name: 'another IPIP device is up: perhaps a tunnel to somewhere else',
      hosts: rs1(ipAddr([tunnel('tunl0', `${VIP}/32`, true), tunnel('site2', '10.255.0.1/30'), ETH0])),
      reason: 'other-tunnel',
    },
    { name: 'a GRE tunnel (ipvsadm --tun-type gre)', hosts: rs1(`${ipAddr([ETH0])}${GRE}`), reason: 'other-tunnel' },
    {
      name: 'one interface was listed',
      hosts: { rs1: { ...without(tun.rs1, 'ip addr'), 'ip addr show eth0': ipAddr([ETH0]) }, ds1: tun.ds1 },
      reason: 'listing-cut',
    },
    {
      name: 'only a firewall mark stands for the service',
      hosts: {
        rs1: { ...tun.rs1, 'ip addr': ipAddr([ETH0, { name: 'eth1', addresses: [] }]) },
        ds1: {
          ...without(tun.ds1, 'cat /etc/keepalived/keepalived.conf'),
          'ipvsadm -Ln': (tun.ds1['ipvsadm -Ln'] ?? '').replace(`TCP  ${VIP}:80 rr`, 'FWM  8 rr'),
        },
      },
      reason: 'nothing-served',
    },
  ],
  notMeant: [
    { name: 'DR needs no tunnel', hosts: { rs1: dr.rs1, ds1: dr.ds1 } },
    { name: 'a director', hosts: { ds1: tun.ds1, rs1: tun.rs1 } },
  ],
})
