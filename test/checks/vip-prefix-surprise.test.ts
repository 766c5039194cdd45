import { testCheck } from '../check-tester.ts'
import { conf, dr, VIP } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const ds1 = (...vips: readonly string[]) => ({ ds1: { 'ip addr': dr.ds1['ip addr'] ?? '', [CONF]: conf({ vips }) } })

testCheck('vip-prefix-surprise', {
  fail: [
    {
      name: 'a /16 in a /24',
      hosts: ds1(`${VIP}/16`),
      claims: [
        {
          message: 'too-wide',
          data: { host: 'ds1', vip: VIP, instance: 'VI_1', dev: 'eth0', prefix: 16, net: 24 },
          lines: [`${VIP}/16`, 'inet 192.168.10.11/24 scope global eth0'],
          hosts: ['ds1'],
          severity: 'warning',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'a /28 in a /24',
      hosts: ds1(`${VIP}/28`),
      claims: [{ message: 'too-narrow', data: { prefix: 28 }, lines: [`${VIP}/28`], severity: 'note' }],
    },
  ],
  pass: [
    { name: 'without a length it is a /32', hosts: ds1(VIP) },
    { name: 'a /32', hosts: ds1(`${VIP}/32`) },
    { name: 'the length of the network: a secondary address', hosts: ds1(`${VIP}/24`) },
    { name: 'a network of its own', hosts: ds1('203.0.113.5/29') },
  ],
  notApplicable: [
    {
      name: 'only virtual servers',
      hosts: { ds1: { 'ip addr': dr.ds1['ip addr'] ?? '', [CONF]: conf().slice(conf().indexOf('virtual_server')) } },
      reason: 'no-vip',
    },
  ],
  undecided: [
    {
      name: 'the interface is not there',
      hosts: { ds1: { 'ip addr': dr.ds1['ip addr'] ?? '', [CONF]: conf({ dev: 'ens33', vips: [`${VIP}/16`] }) } },
      reason: 'not-listed',
    },
    {
      name: 'an included file was not seen',
      hosts: { ds1: { 'ip addr': dr.ds1['ip addr'] ?? '', [CONF]: `include more.conf\n${conf()}` } },
      reason: 'incomplete',
    },
  ],
})
