import { testCheck } from '../check-tester.ts'
import {
  client,
  dr,
  ipAddr,
  reversePathCount,
  sysctls,
  tun,
  twoLineServer,
  twoLineSysctls,
  VIP,
  without,
} from './support/cluster.ts'

const around = { ds1: dr.ds1, ds2: dr.ds2, client }
const rs1 = (values: Readonly<Record<string, number>>, more: Readonly<Record<string, string>> = {}) => ({
  rs1: { ...twoLineServer, 'sysctl -a': twoLineSysctls(values), ...more },
  ...around,
})
const tunnel = (values: Readonly<Record<string, number>>) => ({
  rs1: { ...tun.rs1, 'sysctl -a': sysctls(values, ['all', 'default', 'eth0', 'lo', 'tunl0']) },
  ds1: tun.ds1,
  client,
})

testCheck('rp-filter-all-zero-iface-one', {
  fail: [
    {
      name: 'all and default 0, eth0 still 1, and the way back leaves by eth1',
      hosts: rs1({ 'conf.eth0.rp_filter': 1 }),
      claims: [
        {
          message: 'interface-kept-strict',
          data: { host: 'rs1', dev: 'eth0', vip: VIP, template: true },
          lines: [
            'net.ipv4.conf.eth0.rp_filter = 1',
            'net.ipv4.conf.all.rp_filter = 0',
            'net.ipv4.conf.default.rp_filter = 0',
          ],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'default still 1',
      hosts: rs1({ 'conf.eth0.rp_filter': 1, 'conf.default.rp_filter': 1 }, { 'nstat -az': reversePathCount(3) }),
      claims: [
        {
          message: 'interface-kept-strict',
          data: { template: false },
          lines: ['net.ipv4.conf.eth0.rp_filter = 1'],
          proof: 'direct',
        },
      ],
    },
    {
      name: 'tunl0 was created before and keeps 1',
      hosts: tunnel({ 'conf.tunl0.rp_filter': 1 }),
      claims: [
        { message: 'interface-kept-strict', data: { dev: 'tunl0' }, lines: ['net.ipv4.conf.tunl0.rp_filter = 1'] },
      ],
    },
    {
      name: 'set to 0 in all and default at the prompt',
      hosts: rs1(
        {},
        {
          'sysctl -a': '',
          'sysctl net.ipv4.conf.eth0.rp_filter': 'net.ipv4.conf.eth0.rp_filter = 1',
          'sysctl -w net.ipv4.conf.all.rp_filter=0': 'net.ipv4.conf.all.rp_filter = 0',
        },
      ),
      claims: [{ message: 'interface-kept-strict', data: { dev: 'eth0' }, lines: ['net.ipv4.conf.all.rp_filter = 0'] }],
    },
  ],
  pass: [
    { name: 'everything 0', hosts: rs1({}) },
    {
      name: 'a single line: 1 on it is harmless',
      hosts: { rs1: { ...dr.rs1, 'sysctl -a': sysctls({ 'conf.eth0.rp_filter': 1 }) }, ...around },
    },
    { name: 'the line that keeps 1 gets no packets of clients', hosts: rs1({ 'conf.eth1.rp_filter': 1 }) },
    {
      name: 'all is 1 too: nobody tried to switch it off',
      hosts: rs1({ 'conf.all.rp_filter': 1, 'conf.eth0.rp_filter': 1 }),
    },
    { name: 'loose', hosts: rs1({ 'conf.eth0.rp_filter': 2 }) },
    { name: 'the tunnel at 0, eth0 at 1', hosts: tunnel({ 'conf.eth0.rp_filter': 1 }) },
  ],
  notApplicable: [{ name: 'a client', hosts: { client, ds1: dr.ds1, rs1: dr.rs1 }, reason: 'no-client-traffic' }],
  undecided: [
    {
      name: 'the routes were not listed',
      hosts: {
        rs1: without(
          { ...twoLineServer, 'sysctl -a': twoLineSysctls({ 'conf.eth0.rp_filter': 1 }) },
          'ip route show table all',
        ),
        ...around,
      },
      reason: 'unseen',
    },
    {
      name: 'all was not looked at',
      hosts: rs1({}, { 'sysctl -a': 'net.ipv4.conf.eth0.rp_filter = 1' }),
      reason: 'unseen',
    },
    {
      name: 'a host without a known role',
      hosts: {
        box: {
          'ip addr': ipAddr([{ name: 'eth0', addresses: ['10.1.1.5/24'] }]),
          'sysctl -a': sysctls({ 'conf.eth0.rp_filter': 1 }),
        },
      },
      reason: 'where-unknown',
    },
  ],
})
