import { testCheck } from '../check-tester.ts'
import { conf } from './support/cluster.ts'
import { backup, healthyPair, inState, openPairs, pair, said, strangers } from './support/pairs.ts'

const owner = { priority: 255 }
const weighted = {
  before: 'vrrp_script chk {\n    script "/bin/false"\n    weight -20\n}',
  instance: '    track_script {\n        chk\n    }',
}
const FIGHT = said(
  'ds1',
  '(VI_1) CONFIGURATION ERROR: local instance and a remote instance are both configured as address owner, please fix - reducing local priority',
)
const IGNORED = said('ds1', '(VI_1) ignoring tracked script chk with weights due to address_owner', 14)

testCheck('priority-255-conflict', {
  fail: [
    {
      name: '255 on both',
      hosts: pair(conf(owner), conf({ ...backup, ...owner })),
      claims: [
        {
          message: 'two-owners',
          data: { instance: 'VI_1', a: 'ds1', b: 'ds2', latent: false },
          lines: ['priority 255'],
          hosts: ['ds1', 'ds2'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'the log of one says so',
      hosts: pair(
        conf(owner),
        conf({ ...backup, ...owner }),
        inState('ds1', 'MASTER', FIGHT),
        inState('ds2', 'BACKUP'),
      ),
      claims: [
        { message: 'two-owners', data: { latent: false }, lines: [FIGHT], severity: 'critical', proof: 'direct' },
      ],
    },
    {
      name: 'one MASTER, one BACKUP by their logs: not now, but when both start together',
      hosts: pair(conf(owner), conf({ ...backup, ...owner }), inState('ds1', 'MASTER'), inState('ds2', 'BACKUP')),
      claims: [{ message: 'two-owners', data: { latent: true }, lines: ['priority 255'], severity: 'warning' }],
    },
    {
      name: 'state MASTER without a priority is 255 as well',
      hosts: pair(conf().replace('    priority 100\n', ''), conf({ ...backup, ...owner })),
      claims: [{ message: 'two-owners', data: {}, lines: ['vrrp_instance VI_1 {', 'priority 255'] }],
    },
    {
      name: 'weights of an owner are ignored',
      hosts: pair(conf({ ...owner, ...weighted }), conf(backup), inState('ds1', 'MASTER', IGNORED)),
      claims: [
        {
          message: 'weights-ignored',
          data: { host: 'ds1', instance: 'VI_1', trackers: 'chk' },
          lines: ['weight -20', 'priority 255', IGNORED],
          hosts: ['ds1'],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
  ],
  pass: [
    healthyPair,
    { name: 'one owner without weights', hosts: pair(conf(owner), conf(backup)) },
    { name: 'weights below 255', hosts: pair(conf({ priority: 254, ...weighted }), conf(backup)) },
  ],
  notApplicable: [strangers],
  undecided: openPairs,
})
