import { testCheck } from '../check-tester.ts'
import { conf } from './support/cluster.ts'
import { CONF, LOG, said, started } from './support/pairs.ts'

const nopreempt = { instance: '    nopreempt' }
const CLEARED = said('ds1', '(VI_1) Warning - nopreempt will not work with initial state MASTER - clearing', 14)

testCheck('nopreempt-state-master', {
  fail: [
    {
      name: 'both keywords',
      hosts: { ds1: { [CONF]: conf(nopreempt) } },
      claims: [
        {
          message: 'cleared',
          data: { host: 'ds1', instance: 'VI_1' },
          lines: ['nopreempt', 'state MASTER'],
          hosts: ['ds1'],
          severity: 'warning',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'and keepalived says that it clears it',
      hosts: { ds1: { [CONF]: conf(nopreempt), [LOG]: [started('ds1'), CLEARED].join('\n') } },
      claims: [{ message: 'cleared', data: {}, lines: [CLEARED], proof: 'direct' }],
    },
  ],
  pass: [{ name: 'state BACKUP', hosts: { ds1: { [CONF]: conf({ ...nopreempt, state: 'BACKUP' }) } } }],
  notApplicable: [
    { name: 'no nopreempt', hosts: { ds1: { [CONF]: conf() } }, reason: 'unused' },
    {
      name: 'preempt takes it back',
      hosts: { ds1: { [CONF]: conf({ instance: '    nopreempt\n    preempt' }) } },
      reason: 'unused',
    },
  ],
  undecided: [
    {
      name: 'an included file was not seen',
      hosts: { ds1: { [CONF]: `include more.conf\n${conf({ ...nopreempt, state: 'BACKUP' })}` } },
      reason: 'incomplete',
    },
  ],
})
