import { testCheck } from '../check-tester.ts'
import { dr, VIP } from './support/cluster.ts'

const [ONE, TWO] = ['192.168.10.11', '192.168.10.12'] as const
const stamp = (at: number) => `13:39:${at.toFixed(6).padStart(9, '0')}`
const advert = (at: number, from: string, priority = from === ONE ? 100 : 90) =>
  `${stamp(at)} eth0  M   IP ${from} > 224.0.0.18: VRRPv2, Advertisement, vrid 51, prio ${priority}, authtype simple, intvl 1s, length 20`
const listed = (at: number, from: string) =>
  `${stamp(at)} eth0  M   IP (tos 0xc0, ttl 255, id 1, offset 0, flags [none], proto VRRP (112), length 40)\n    ${from} > 224.0.0.18: VRRPv2, Advertisement, vrid 51, prio ${from === ONE ? 100 : 90}, authtype simple, intvl 1s, length 20, addrs: ${VIP}`
const run = (first: number, count: number, from: string, line = advert) =>
  Array.from({ length: count }, (_, i) => line(first + i, from))
const garp = (at: number, ip = VIP) =>
  `${stamp(at)} eth0  B   ARP, Request who-has ${ip} (ff:ff:ff:ff:ff:ff) tell ${ip}, length 46`
const other = (at: number) => `${stamp(at)} eth0  B   ARP, Request who-has 192.168.10.1 tell 192.168.10.21, length 46`

const TCPDUMP = "tcpdump -nn -i any 'vrrp or arp'"
const capture = (lines: readonly string[], command = TCPDUMP) => ({
  [command]: `
listening on any, link-type LINUX_SLL2 (Linux cooked v2), snapshot length 96 bytes
${[...lines].sort((a, b) => (a.slice(0, 15) < b.slice(0, 15) ? -1 : 1)).join('\n')}
${lines.length} packets captured
${lines.length} packets received by filter
0 packets dropped by kernel`,
})
/** ds1 stops, ds2 goes on for twelve seconds. */
const silent = [...run(10.1, 5, ONE), ...run(17.6, 12, TWO), other(20)]
const rs1 = (lines: readonly string[], command?: string) => ({
  rs1: { ...dr.rs1, ...capture(lines, command) },
  ds1: dr.ds1,
  ds2: dr.ds2,
})

testCheck('garp-lost', {
  fail: [
    {
      name: 'ds2 takes over and announces nothing',
      hosts: rs1(silent),
      claims: [
        {
          message: 'none-on-wire',
          data: { host: 'rs1', vips: VIP, vrid: 51, before: ONE, after: TWO },
          lines: [advert(17.6, TWO), advert(14.1, ONE)],
          hosts: ['ds1', 'ds2'],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
    {
      name: 'another address is announced',
      hosts: rs1([...silent, garp(17.7, '192.168.10.200')]),
      claims: [{ message: 'none-on-wire', data: { vips: VIP }, lines: [advert(17.6, TWO)] }],
    },
    {
      name: 'the list of VIPs from the adverts',
      hosts: {
        rs1: {
          ...dr.rs1,
          ...capture(
            [...run(10.1, 5, ONE, listed), ...run(17.6, 12, TWO, listed)],
            "tcpdump -nn -v -i any 'vrrp or arp'",
          ),
        },
      },
      claims: [{ message: 'none-on-wire', data: { vips: VIP }, lines: [listed(17.6, TWO).split('\n')[0] ?? ''] }],
    },
  ],
  pass: [
    { name: 'announced at once', hosts: rs1([...silent, garp(17.7)]) },
    {
      name: 'announced by a reply to everybody',
      hosts: rs1([...silent, `${stamp(17.7)} eth0  B   ARP, Reply ${VIP} is-at 52:54:00:00:00:12, length 46`]),
    },
    { name: 'only the second time was seen', hosts: rs1([...silent, garp(22.6)]) },
  ],
  notApplicable: [
    {
      // Both were MASTER when the capture began, and one of them ends: nobody has taken anything over.
      name: 'trap: both send as the capture begins',
      hosts: rs1([advert(10.1, ONE), ...run(10.100002, 12, TWO), other(15)]),
      reason: 'no-takeover',
    },
    { name: 'one node sends all the time', hosts: rs1(run(10.1, 12, ONE)), reason: 'no-takeover' },
    {
      name: 'both go on sending: another finding',
      hosts: rs1([...run(10.1, 12, ONE), ...run(10.6, 12, TWO)]),
      reason: 'no-takeover',
    },
    { name: 'no adverts', hosts: rs1([other(20)]), reason: 'no-takeover' },
  ],
  undecided: [
    { name: 'the filter has no ARP', hosts: rs1(silent, "tcpdump -nn -i any 'vrrp'"), reason: 'maybe-missed' },
    {
      name: 'the capture ends three seconds later',
      hosts: rs1([...run(10.1, 5, ONE), ...run(17.6, 4, TWO)]),
      reason: 'maybe-missed',
    },
    { name: 'VIPs of strangers', hosts: { rs1: { ...dr.rs1, ...capture(silent) } }, reason: 'vips-unknown' },
  ],
})
