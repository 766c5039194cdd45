import { testCheck } from '../check-tester.ts'
import { client, dr, ipAddr, reversePathCount, sysctls, tun, VIP, without } from './support/cluster.ts'

const DEVS = ['all', 'default', 'eth0', 'lo', 'tunl0']
const rs1 = (values: Readonly<Record<string, number>>, more: Readonly<Record<string, string>> = {}) => ({
  rs1: { ...tun.rs1, 'sysctl -a': sysctls(values, DEVS), ...more },
  ds1: tun.ds1,
  ds2: tun.ds2,
  client,
})
const VIP_ON_LO = ipAddr([
  { name: 'lo', kind: 'loopback', addresses: [`${VIP}/32 lo:0`] },
  { name: 'tunl0', kind: 'ipip', addresses: [] },
  { name: 'eth0', mac: '52:54:00:00:00:21', addresses: ['192.168.20.21/24'] },
])

testCheck('tun-rp-filter', {
  fail: [
    {
      name: 'tunl0 and all at 1, as CentOS 7 boots',
      hosts: rs1({ 'conf.all.rp_filter': 1, 'conf.tunl0.rp_filter': 1 }),
      claims: [
        {
          message: 'tunnel-strict',
          data: { host: 'rs1', dev: 'tunl0', vip: VIP },
          lines: ['net.ipv4.conf.tunl0.rp_filter = 1', 'net.ipv4.conf.all.rp_filter = 1'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'all 1 outvotes tunl0 0, and the count of drops grows',
      hosts: rs1(
        { 'conf.all.rp_filter': 1 },
        { 'nstat -az': reversePathCount(10), 'nstat -az #2': reversePathCount(14) },
      ),
      claims: [
        {
          message: 'tunnel-strict',
          data: { dev: 'tunl0' },
          lines: ['net.ipv4.conf.all.rp_filter = 1', 'TcpExtIPReversePathFilter       14                  0.0'],
          proof: 'direct',
        },
      ],
    },
    {
      name: 'a count that stands still proves nothing new',
      hosts: rs1(
        { 'conf.tunl0.rp_filter': 1 },
        { 'nstat -az': reversePathCount(10), 'nstat -az #2': reversePathCount(10) },
      ),
      claims: [{ message: 'tunnel-strict', data: {}, lines: ['net.ipv4.conf.tunl0.rp_filter = 1'], proof: 'inferred' }],
    },
    {
      name: 'the VIP on lo: tunl0 is still where packets come out',
      hosts: rs1({ 'conf.tunl0.rp_filter': 1 }, { 'ip addr': VIP_ON_LO }),
      claims: [{ message: 'tunnel-strict', data: { dev: 'tunl0' }, lines: ['net.ipv4.conf.tunl0.rp_filter = 1'] }],
    },
    {
      name: 'neither routes nor clients are needed',
      hosts: {
        rs1: {
          ...without(tun.rs1, 'ip route show table all'),
          'sysctl -a': sysctls({ 'conf.tunl0.rp_filter': 1 }, DEVS),
        },
        ds1: tun.ds1,
      },
      claims: [{ message: 'tunnel-strict', data: {}, lines: ['net.ipv4.conf.tunl0.rp_filter = 1'] }],
    },
  ],
  pass: [
    { name: 'off on both', hosts: rs1({}) },
    { name: 'strict on eth0 is harmless', hosts: rs1({ 'conf.eth0.rp_filter': 1 }) },
    { name: 'loose with the VIP on tunl0', hosts: rs1({ 'conf.all.rp_filter': 1, 'conf.tunl0.rp_filter': 2 }) },
    {
      name: 'loose without an address on tunl0 is refused for another reason',
      hosts: rs1({ 'conf.tunl0.rp_filter': 2 }, { 'ip addr': VIP_ON_LO }),
    },
    {
      name: 'switched off by hand later',
      hosts: rs1(
        { 'conf.all.rp_filter': 1 },
        { 'sysctl -w net.ipv4.conf.all.rp_filter=0': 'net.ipv4.conf.all.rp_filter = 0' },
      ),
    },
  ],
  notApplicable: [
    {
      name: 'no tunnel is up',
      hosts: rs1(
        {},
        {
          'ip addr': ipAddr([
            { name: 'tunl0', kind: 'ipip', down: true, addresses: [`${VIP}/32`] },
            { name: 'eth0', addresses: ['192.168.20.21/24'] },
          ]),
        },
      ),
      reason: 'no-tunnel',
    },
  ],
  undecided: [
    {
      name: 'tunl0 is 0 and all was not looked at',
      hosts: rs1({}, { 'sysctl -a': 'net.ipv4.conf.tunl0.rp_filter = 0' }),
      reason: 'value-unknown',
    },
    {
      name: 'tunl0 is 1 and all was not looked at: it may be 2',
      hosts: rs1({}, { 'sysctl -a': 'net.ipv4.conf.tunl0.rp_filter = 1' }),
      reason: 'value-unknown',
    },
    {
      name: 'only eth0 was listed',
      hosts: rs1(
        {},
        {
          'ip addr': '',
          'ip addr show eth0':
            '3: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000\n    link/ether 52:54:00:00:00:21 brd ff:ff:ff:ff:ff:ff\n    inet 192.168.20.21/24 scope global eth0\n       valid_lft forever preferred_lft forever',
        },
      ),
      reason: 'links-cut',
    },
  ],
  notMeant: [
    { name: 'a director does not unpack', hosts: { ds1: tun.ds1, ds2: tun.ds2, rs1: tun.rs1 } },
    { name: 'direct routing', hosts: { rs1: dr.rs1, ds1: dr.ds1 } },
  ],
})
