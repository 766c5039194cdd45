import { testCheck } from '../check-tester.ts'
import { conf, dr, ipAddr, sysctls, VIP } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const SYSCTL = 'sysctl -a'
const tied = ipAddr([{ name: 'eth0', addresses: [`${VIP}/24`, '192.168.10.11/24 secondary'] }])
const ds1 = (addresses: string, values: string | null = sysctls()) => ({
  ds1: {
    'ip addr': addresses,
    [CONF]: conf({ vips: [`${VIP}/24`] }),
    ...(values === null ? {} : { [SYSCTL]: values }),
  },
})

testCheck('promote-secondaries-off', {
  fail: [
    {
      name: 'the VIP came first, with the mask of the network',
      hosts: ds1(tied),
      claims: [
        {
          message: 'goes-with-vip',
          data: { host: 'ds1', vip: VIP, dev: 'eth0', own: '192.168.10.11' },
          lines: [
            'inet 192.168.10.11/24 scope global secondary eth0',
            `inet ${VIP}/24 scope global eth0`,
            'net.ipv4.conf.all.promote_secondaries = 0',
          ],
          hosts: ['ds1'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
  ],
  pass: [
    { name: 'promoted everywhere', hosts: ds1(tied, sysctls({ 'conf.all.promote_secondaries': 1 })) },
    { name: 'promoted on this interface', hosts: ds1(tied, sysctls({ 'conf.eth0.promote_secondaries': 1 })) },
  ],
  notApplicable: [
    { name: 'the VIP is a /32', hosts: ds1(dr.ds1['ip addr'] ?? ''), reason: 'own-first' },
    {
      name: 'the VIP is the secondary one',
      hosts: ds1(ipAddr([{ name: 'eth0', addresses: ['192.168.10.11/24', `${VIP}/24 secondary`] }])),
      reason: 'own-first',
    },
  ],
  undecided: [{ name: 'the value was not seen', hosts: ds1(tied, null), reason: 'value-unseen' }],
})
