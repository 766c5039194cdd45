import { testCheck } from '../check-tester.ts'
import { conf } from './support/cluster.ts'
import { backup, CONF, healthyPair, inState, LOG, openPairs, pair, said, started, strangers } from './support/pairs.ts'

const v3 = { before: 'global_defs {\n    vrrp_version 3\n}' }
const REFUSED = said('ds1', '(VI_1) wrong version. Received 3 and expect 2')
const OLD = said('ds1', 'VRRP_Instance(VI_1): invalid version. 3 and expect 2')

testCheck('vrrp-version-mismatch', {
  fail: [
    {
      name: 'vrrp_version 3 on one node, the default on the other',
      hosts: pair(conf(), conf({ ...backup, ...v3 })),
      claims: [
        {
          message: 'differs',
          data: { instance: 'VI_1', a: 'ds1', b: 'ds2', versionA: 2, versionB: 3, latent: false },
          lines: ['vrrp_instance VI_1 {', 'vrrp_version 3'],
          hosts: ['ds1', 'ds2'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'version in the instance, and the log of the peer',
      hosts: pair(conf(), conf({ ...backup, instance: '    version 3' }), inState('ds1', 'MASTER', REFUSED)),
      claims: [{ message: 'differs', data: {}, lines: ['version 3', REFUSED], proof: 'direct' }],
    },
    {
      name: 'the running daemons agree by their logs',
      hosts: pair(conf(), conf({ ...backup, ...v3 }), inState('ds1', 'MASTER'), inState('ds2', 'BACKUP')),
      claims: [{ message: 'differs', data: { latent: true }, lines: ['vrrp_version 3'], severity: 'warning' }],
    },
    {
      name: 'the log of one node is enough',
      hosts: { ds1: { [LOG]: [started('ds1'), REFUSED].join('\n') } },
      claims: [
        {
          message: 'refused',
          data: { host: 'ds1', reason: 'wrong version. Received 3 and expect 2' },
          lines: [REFUSED],
          hosts: ['ds1'],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
    {
      name: 'in the words of 1.3.5',
      hosts: { ds1: { [LOG]: [started('ds1', '1.3.5'), OLD].join('\n') } },
      claims: [{ message: 'refused', data: {}, lines: [OLD] }],
    },
  ],
  pass: [
    healthyPair,
    { name: 'both version 3', hosts: pair(conf(v3), conf({ ...backup, ...v3 })) },
    {
      name: 'IPv6 instances are version 3 on both, whatever vrrp_version says on one',
      hosts: pair(
        conf({ vips: ['fe80::100'], auth: null }),
        conf({ ...backup, vips: ['fe80::100'], auth: null, before: 'global_defs {\n    vrrp_version 2\n}' }),
      ),
    },
    {
      name: 'version 2 written on one node is the default of the other',
      hosts: pair(conf(), conf({ ...backup, instance: '    version 2' })),
    },
  ],
  notApplicable: [strangers],
  undecided: [
    ...openPairs,
    { name: 'the peer was not seen', hosts: { ds1: { [CONF]: conf(v3) } }, reason: 'one-node' },
  ],
})
