import { testCheck } from '../check-tester.ts'
import { conf } from './support/cluster.ts'
import { backup, healthyPair, inState, openPairs, pair, said, strangers } from './support/pairs.ts'

const strict = { before: 'global_defs {\n    vrrp_strict\n}' }
const REFUSED = said('ds1', '(VI_1) received a 0 auth, expecting 1!')
const auth = '<secret-1/4>'

testCheck('vrrp-strict-one-node', {
  fail: [
    {
      name: 'vrrp_strict on the backup only',
      hosts: pair(conf({ auth }), conf({ ...backup, ...strict, auth })),
      claims: [
        {
          message: 'one-strict',
          data: { instance: 'VI_1', strict: 'ds2', lax: 'ds1', auth: 'PASS', latent: false },
          lines: ['vrrp_strict', `auth_pass ${auth}`],
          hosts: ['ds1', 'ds2'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'on the master, with the log of the other',
      hosts: pair(
        conf({ ...strict, auth }),
        conf({ ...backup, auth }),
        {},
        inState('ds2', 'MASTER', REFUSED.replace('ds1', 'ds2')),
      ),
      claims: [
        {
          message: 'one-strict',
          data: { strict: 'ds1', lax: 'ds2' },
          lines: ['vrrp_strict', REFUSED.replace('ds1', 'ds2')],
          proof: 'direct',
        },
      ],
    },
    {
      name: 'strict_mode of the instance',
      hosts: pair(conf({ auth }), conf({ ...backup, auth, instance: '    strict_mode' })),
      claims: [{ message: 'one-strict', data: { strict: 'ds2' }, lines: ['strict_mode'] }],
    },
    {
      name: 'the running daemons agree by their logs',
      hosts: pair(
        conf({ auth }),
        conf({ ...backup, ...strict, auth }),
        inState('ds1', 'MASTER'),
        inState('ds2', 'BACKUP'),
      ),
      claims: [{ message: 'one-strict', data: { latent: true }, lines: ['vrrp_strict'], severity: 'warning' }],
    },
  ],
  pass: [
    healthyPair,
    { name: 'strict on both: neither authenticates', hosts: pair(conf(strict), conf({ ...backup, ...strict })) },
    {
      name: 'nothing to take away',
      hosts: pair(conf({ auth: null }), conf({ ...backup, ...strict, auth: null })),
    },
    {
      name: 'version 3 has no authentication anyway',
      hosts: pair(
        conf({ auth, instance: '    version 3' }),
        conf({ ...backup, ...strict, auth, instance: '    version 3' }),
      ),
    },
    {
      name: 'the instance takes the strict mode of global_defs back',
      hosts: pair(conf({ auth }), conf({ ...backup, ...strict, auth, instance: '    strict_mode off' })),
    },
  ],
  notApplicable: [strangers],
  undecided: openPairs,
})
