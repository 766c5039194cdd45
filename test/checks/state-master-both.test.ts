import { testCheck } from '../check-tester.ts'
import { conf } from './support/cluster.ts'
import { healthyPair, openPairs, pair, strangers } from './support/pairs.ts'

testCheck('state-master-both', {
  fail: [
    {
      name: 'MASTER on both, priorities 100 and 90',
      hosts: pair(conf(), conf({ priority: 90 })),
      claims: [
        {
          message: 'both-master',
          data: { instance: 'VI_1', a: 'ds1', b: 'ds2' },
          lines: ['state MASTER'],
          hosts: ['ds1', 'ds2'],
          severity: 'note',
        },
      ],
    },
  ],
  pass: [
    healthyPair,
    { name: 'BACKUP on both', hosts: pair(conf({ state: 'BACKUP' }), conf({ state: 'BACKUP', priority: 90 })) },
    { name: 'none written', hosts: pair(conf(), conf({ priority: 90 }).replace('    state MASTER\n', '')) },
  ],
  notApplicable: [strangers],
  undecided: openPairs,
})
