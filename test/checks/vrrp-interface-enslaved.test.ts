import { testCheck } from '../check-tester.ts'
import { conf, ipAddr, VIP } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const own = ['192.168.10.11/24']
const bonded = ipAddr([
  { name: 'eth0', addresses: [], master: 'bond0' },
  { name: 'bond0', addresses: own },
])
/** The kernel does not flag the port of a bridge. */
const bridged = bonded.replaceAll('bond0', 'br0').replace(',SLAVE', '')
const inVrf = bonded.replaceAll('bond0', 'blue').replace(',SLAVE', '')
const ipLink = (kind: string) => `
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00 promiscuity 0 minmtu 0 maxmtu 0 numtxqueues 1
2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master blue state UP mode DEFAULT group default qlen 1000
    link/ether 52:54:00:00:00:01 brd ff:ff:ff:ff:ff:ff promiscuity 0 minmtu 68 maxmtu 65535
3: blue: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT group default qlen 1000
    link/ether 52:54:00:00:00:01 brd ff:ff:ff:ff:ff:ff promiscuity 0 minmtu 68 maxmtu 65535
    ${kind}`
const ds1 = (addresses: string, text = conf(), more: Record<string, string> = {}) => ({
  ds1: { 'ip addr': addresses, [CONF]: text, ...more },
})

testCheck('vrrp-interface-enslaved', {
  fail: [
    {
      name: 'eth0 became part of bond0, and the configuration was not told',
      hosts: ds1(bonded),
      claims: [
        {
          message: 'enslaved',
          data: { host: 'ds1', instance: 'VI_1', dev: 'eth0', master: 'bond0', vip: '' },
          lines: ['interface eth0'],
          hosts: ['ds1'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'the port of a bridge',
      hosts: ds1(bridged),
      claims: [{ message: 'enslaved', data: { master: 'br0' }, lines: ['interface eth0'] }],
    },
    {
      name: 'a VIP with a device of its own',
      hosts: ds1(bonded, conf({ dev: 'bond0', vips: [`${VIP} dev eth0`] })),
      claims: [{ message: 'enslaved', data: { dev: 'eth0', vip: VIP }, lines: [`${VIP} dev eth0`] }],
    },
    {
      name: 'a bridge whose name does not tell, but ip -d link does',
      hosts: ds1(inVrf, conf(), { 'ip -d link': ipLink('bridge forward_delay 1500 hello_time 200 max_age 2000') }),
      claims: [{ message: 'enslaved', data: { master: 'blue' }, lines: ['interface eth0'] }],
    },
  ],
  pass: [
    { name: 'the bond itself', hosts: ds1(bonded, conf({ dev: 'bond0' })) },
    { name: 'a plain interface', hosts: ds1(ipAddr([{ name: 'eth0', addresses: own }])) },
    {
      name: 'a VLAN: its parent is no part of it',
      hosts: ds1(
        ipAddr([
          { name: 'eth0', addresses: [] },
          { name: 'eth0.10', addresses: own },
        ]).replace('eth0.10:', 'eth0.10@eth0:'),
        conf({ dev: 'eth0.10' }),
      ),
    },
    {
      name: 'a VRF leaves its interfaces what they receive',
      hosts: ds1(inVrf, conf(), { 'ip -d link': ipLink('vrf table 10 addrgenmode eui64 numtxqueues 1') }),
    },
  ],
  notApplicable: [
    {
      name: 'only virtual servers',
      hosts: ds1(bonded, conf().slice(conf().indexOf('virtual_server'))),
      reason: 'no-interface',
    },
  ],
  undecided: [
    { name: 'a master of unknown kind', hosts: ds1(inVrf), reason: 'kind-unknown' },
    {
      name: 'another interface was listed',
      hosts: ds1(ipAddr([{ name: 'eth1', addresses: own }])),
      reason: 'not-listed',
    },
    {
      name: 'an included file was not seen',
      hosts: ds1(bonded, `include more.conf\n${conf({ dev: 'bond0' })}`),
      reason: 'incomplete',
    },
  ],
})
