import { testCheck } from '../check-tester.ts'
import { type ConfOptions, conf } from './support/cluster.ts'
import { CONF, LOG, said, started } from './support/pairs.ts'

const SCRIPT = 'vrrp_script chk {\n    script /usr/bin/true\n    weight -20\n}\n'
const group = (more = '') => `vrrp_sync_group G {\n    group {\n        VI_1\n    }\n${more}}`
const track = (line = 'chk') => `    track_script {\n        ${line}\n    }`
const node = (options: ConfOptions) => ({ ds1: { [CONF]: conf(options) } })
const IGNORED = said('ds1', '(VI_1) ignoring tracked script chk with weights due to SYNC group', 14)

testCheck('sync-group-weight', {
  fail: [
    {
      name: 'a weighted script of an instance in a group',
      hosts: node({ before: SCRIPT + group(), instance: track() }),
      claims: [
        {
          message: 'ignored',
          data: { host: 'ds1', instance: 'VI_1', group: 'G', trackers: 'chk (weight -20)' },
          lines: ['weight -20', 'VI_1'],
          hosts: ['ds1'],
          severity: 'warning',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'a weighted interface',
      hosts: node({ before: group(), instance: '    track_interface {\n        eth1 weight -30\n    }' }),
      claims: [{ message: 'ignored', data: { trackers: 'eth1 (weight -30)' }, lines: ['eth1 weight -30'] }],
    },
    {
      name: 'keepalived says so at its start',
      hosts: {
        ds1: {
          [CONF]: conf({ before: SCRIPT + group(), instance: track() }),
          [LOG]: [started('ds1'), IGNORED].join('\n'),
        },
      },
      claims: [{ message: 'ignored', data: {}, lines: [IGNORED], proof: 'direct' }],
    },
  ],
  pass: [
    {
      name: 'the tracker belongs to the group',
      hosts: node({ before: SCRIPT + group(`${track()}\n`) }),
    },
    { name: 'weight 0 is FAULT', hosts: node({ before: SCRIPT + group(), instance: track('chk weight 0') }) },
  ],
  notApplicable: [
    { name: 'no group', hosts: node({ before: SCRIPT, instance: track() }), reason: 'no-group' },
    {
      name: 'the group is told to take weights',
      hosts: node({ before: SCRIPT + group('    sync_group_tracking_weight\n'), instance: track() }),
      reason: 'no-group',
    },
  ],
  undecided: [
    {
      name: 'an included file was not seen',
      hosts: node({ before: `include more.conf\n${group()}` }),
      reason: 'incomplete',
    },
  ],
})
