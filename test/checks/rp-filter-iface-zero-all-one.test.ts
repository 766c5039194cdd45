import { testCheck } from '../check-tester.ts'
import { client, dr, ipAddr, reversePathCount, sysctls, tun, VIP } from './support/cluster.ts'

const DEVS = ['all', 'default', 'eth0', 'lo', 'tunl0']
const rs1 = (values: Readonly<Record<string, number>>, more: Readonly<Record<string, string>> = {}) => ({
  rs1: { ...tun.rs1, 'sysctl -a': sysctls(values, DEVS), ...more },
  ds1: tun.ds1,
  ds2: tun.ds2,
  client,
})

testCheck('rp-filter-iface-zero-all-one', {
  fail: [
    {
      name: 'tunl0 0, all 1',
      hosts: rs1({ 'conf.all.rp_filter': 1 }),
      claims: [
        {
          message: 'all-outvotes',
          data: { host: 'rs1', dev: 'tunl0', vip: VIP },
          lines: ['net.ipv4.conf.all.rp_filter = 1', 'net.ipv4.conf.tunl0.rp_filter = 0'],
          hosts: ['rs1'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'the kernel counts the drops',
      hosts: rs1({ 'conf.all.rp_filter': 1 }, { 'nstat -az': reversePathCount(10) }),
      claims: [
        {
          message: 'all-outvotes',
          data: {},
          lines: ['TcpExtIPReversePathFilter       10                  0.0'],
          proof: 'direct',
        },
      ],
    },
    {
      name: 'tunl0 switched off at the prompt, all forgotten',
      hosts: rs1(
        {},
        { 'sysctl -a': 'net.ipv4.conf.all.rp_filter = 1', 'echo 0 > /proc/sys/net/ipv4/conf/tunl0/rp_filter': '' },
      ),
      claims: [
        {
          message: 'all-outvotes',
          data: { dev: 'tunl0' },
          lines: ['[root@rs1 ~]# echo 0 > /proc/sys/net/ipv4/conf/tunl0/rp_filter'],
        },
      ],
    },
  ],
  pass: [
    { name: 'both 0', hosts: rs1({}) },
    {
      name: 'both 1 is the plain case, another check',
      hosts: rs1({ 'conf.all.rp_filter': 1, 'conf.tunl0.rp_filter': 1 }),
    },
    { name: 'all 1, tunl0 2: loose', hosts: rs1({ 'conf.all.rp_filter': 1, 'conf.tunl0.rp_filter': 2 }) },
    { name: 'all 2, tunl0 0: loose as well', hosts: rs1({ 'conf.all.rp_filter': 2 }) },
    { name: 'all 0 alone settles it', hosts: rs1({}, { 'sysctl -a': 'net.ipv4.conf.all.rp_filter = 0' }) },
  ],
  notApplicable: [
    {
      name: 'no tunnel is up',
      hosts: rs1(
        { 'conf.all.rp_filter': 1 },
        { 'ip addr': ipAddr([{ name: 'eth0', addresses: ['192.168.20.21/24'] }]) },
      ),
      reason: 'no-tunnel',
    },
  ],
  undecided: [
    {
      name: 'all was not looked at',
      hosts: rs1({}, { 'sysctl -a': 'net.ipv4.conf.tunl0.rp_filter = 0' }),
      reason: 'value-unknown',
    },
    {
      name: 'tunl0 was not looked at',
      hosts: rs1({}, { 'sysctl -a': 'net.ipv4.conf.all.rp_filter = 1' }),
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
  notMeant: [{ name: 'direct routing has no tunnel', hosts: { rs1: dr.rs1, ds1: dr.ds1 } }],
})
