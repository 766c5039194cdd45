import { testCheck } from '../check-tester.ts'
import { type ConfOptions, conf } from './support/cluster.ts'
import { backup, CONF, openPairs, pair, strangers } from './support/pairs.ts'

const tracking = (weight: number, options: ConfOptions = {}) =>
  conf({
    ...options,
    before: `vrrp_script chk {\n    script "/bin/false"\n    weight ${weight}\n}`,
    instance: '    track_script {\n        chk\n    }',
  })
const nopreempt = { ...backup, instance: '    nopreempt' }

testCheck('nopreempt-blocks-weight-failover', {
  fail: [
    {
      name: 'the master falls from 100 to 80, the backup with 90 does not preempt',
      hosts: pair(tracking(-20), conf(nopreempt)),
      claims: [
        {
          message: 'stays-backup',
          data: { instance: 'VI_1', leader: 'ds1', failed: 80, waiting: 'ds2', trackers: 'chk' },
          lines: ['nopreempt', 'weight -20', 'priority 100'],
          hosts: ['ds1', 'ds2'],
          severity: 'critical',
        },
      ],
    },
    {
      name: 'a positive weight that is no longer given',
      hosts: pair(tracking(20, { priority: 80 }), conf(nopreempt)),
      claims: [{ message: 'stays-backup', data: { failed: 80 }, lines: ['weight 20'] }],
    },
  ],
  pass: [
    { name: 'a backup that preempts', hosts: pair(tracking(-20), conf(backup)) },
    { name: 'weight 0 is FAULT, which always fails over', hosts: pair(tracking(0), conf(nopreempt)) },
    { name: 'a weight that is too small is another finding', hosts: pair(tracking(-5), conf(nopreempt)) },
    {
      name: 'beside state MASTER nopreempt is cleared',
      hosts: pair(tracking(-20), conf({ ...nopreempt, state: 'MASTER' })),
    },
    {
      name: 'a third node may take over',
      hosts: { ...pair(tracking(-20), conf(nopreempt)), ds3: { [CONF]: conf({ ...backup, priority: 85 }) } },
    },
    {
      name: 'nopreempt on the master only',
      hosts: pair(tracking(-20).replace('state MASTER', 'state BACKUP\n    nopreempt'), conf(backup)),
    },
  ],
  notApplicable: [strangers],
  undecided: [
    ...openPairs,
    {
      name: 'a tracked process moves the priority',
      hosts: pair(conf({ instance: '    track_process {\n        nginx weight 10\n    }' }), conf(nopreempt)),
      reason: 'cannot-weigh',
    },
  ],
})
