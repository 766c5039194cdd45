import { testCheck } from '../check-tester.ts'
import { capture } from './support/packets.ts'

const [MASTER, RS] = ['02:00:00:00:00:11', '02:00:00:00:00:21']
const VIP = '192.168.10.100'
const advert = `13:39:10.000001 eth0  M   ifindex 2 ${MASTER} ethertype IPv4 (0x0800), length 60: (tos 0xc0, ttl 255, id 1, offset 0, flags [none], proto VRRP (112), length 40) 192.168.10.11 > 224.0.0.18: VRRPv2, Advertisement, vrid 51, prio 100, authtype simple, intvl 1s, length 20, addrs: ${VIP}`
const asks = (mac: string, at: string, target = '192.168.10.1') =>
  `13:39:${at} eth0  B   ifindex 2 ${mac} ethertype ARP (0x0806), length 48: Request who-has ${target} tell ${VIP}, length 28`

testCheck('cap-arp-tell-vip-from-rs', {
  fail: [
    {
      name: 'another MAC asks as the VIP',
      hosts: { router: capture([advert, asks(MASTER, '11.000001'), asks(RS, '12.000001'), asks(RS, '13.000001')]) },
      claims: [
        {
          message: 'asks-as-vip',
          data: { vip: VIP, mac: RS, who: RS, master: MASTER, count: 2, host: 'router' },
          lines: [asks(RS, '12.000001'), asks(RS, '13.000001')],
          hosts: ['router'],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
  ],
  pass: [
    { name: 'the master asks', hosts: { router: capture([advert, asks(MASTER, '11.000001')]) } },
    {
      name: 'a new master has announced itself',
      hosts: { router: capture([advert, asks(RS, '11.000001', VIP), asks(RS, '12.000001')]) },
    },
  ],
  notApplicable: [
    {
      name: 'the filter leaves ARP out',
      hosts: { router: capture([], 'tcpdump -nn -i any vrrp') },
      reason: 'not-shown',
      on: 'case',
    },
  ],
  undecided: [
    {
      name: 'without -e',
      hosts: { router: capture([advert, `13:39:12.000001 ARP, Request who-has 192.168.10.1 tell ${VIP}, length 28`]) },
      reason: 'cannot-tell',
      on: 'case',
    },
  ],
  notChecked: [{ name: 'no capture', hosts: { ds1: { 'ip link': '' } }, on: 'case' }],
})
