import { testCheck } from '../check-tester.ts'
import { type ConfOptions, conf } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const pair = (a: string, b: string) => ({ ds1: { [CONF]: a }, ds2: { [CONF]: b } })
const script = (weight: number, name = 'chk') =>
  `vrrp_script ${name} {\n    script "/bin/true"\n    weight ${weight}\n}`
const track = (...names: string[]) => `    track_script {\n${names.map((name) => `        ${name}`).join('\n')}\n    }`
const tracking = (weight: number, options: ConfOptions = {}) =>
  conf({ ...options, before: script(weight), instance: track('chk') })
const backup = { state: 'BACKUP', priority: 90 }

testCheck('track-weight-too-small', {
  fail: [
    {
      name: '-5 over a gap of 10',
      hosts: pair(tracking(-5), tracking(-5, backup)),
      claims: [
        {
          message: 'gap-too-wide',
          data: { instance: 'VI_1', a: 'ds1', b: 'ds2', well: 100, failed: 95, peer: 90, trackers: 'chk' },
          lines: ['weight -5', 'priority 100', 'priority 90'],
          hosts: ['ds1', 'ds2'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: '-10 makes a draw, and a draw keeps the MASTER',
      hosts: pair(tracking(-10), tracking(-10, backup)),
      claims: [{ message: 'gap-too-wide', data: { failed: 90, peer: 90 }, lines: ['weight -10'] }],
    },
    {
      name: 'a positive weight that is lost',
      hosts: pair(tracking(5), tracking(5, { ...backup, priority: 80 })),
      claims: [{ message: 'gap-too-wide', data: { well: 105, failed: 100, peer: 85 }, lines: ['weight 5'] }],
    },
    {
      name: 'the weight stands with the tracker',
      hosts: pair(conf({ before: script(0), instance: track('chk weight -2') }), conf(backup)),
      claims: [{ message: 'gap-too-wide', data: { failed: 98 }, lines: ['chk weight -2'] }],
    },
    {
      name: 'a tracked interface',
      hosts: pair(conf({ instance: '    track_interface {\n        eth1 weight -3\n    }' }), conf(backup)),
      claims: [{ message: 'gap-too-wide', data: { trackers: 'eth1', failed: 97 }, lines: ['eth1 weight -3'] }],
    },
    {
      name: 'a priority does not go below 1',
      hosts: pair(tracking(-200, { priority: 3 }), conf({ ...backup, priority: 1 })),
      claims: [{ message: 'gap-too-wide', data: { failed: 1, peer: 1 }, lines: ['weight -200'] }],
    },
  ],
  pass: [
    { name: '-20 over a gap of 10', hosts: pair(tracking(-20), tracking(-20, backup)) },
    {
      name: 'two scripts add up',
      hosts: pair(conf({ before: `${script(-6, 'a')}\n${script(-6, 'b')}`, instance: track('a', 'b') }), conf(backup)),
    },
    { name: 'the positive weight of the peer counts', hosts: pair(tracking(20), tracking(20, backup)) },
  ],
  notApplicable: [
    { name: 'nothing is tracked', hosts: pair(conf(), conf(backup)), reason: 'no-weight' },
    {
      name: 'weight 0 is FAULT: it always fails over',
      hosts: pair(tracking(0), tracking(0, backup)),
      reason: 'no-weight',
    },
    {
      name: 'a sync group ignores weights',
      hosts: pair(`vrrp_sync_group G {\n    group {\n        VI_1\n    }\n}\n${tracking(-5)}`, conf(backup)),
      reason: 'no-weight',
    },
    {
      name: 'a script that is not defined is ignored',
      hosts: pair(conf({ instance: track('nope') }), conf(backup)),
      reason: 'no-weight',
    },
    { name: 'only the backup tracks', hosts: pair(conf(), tracking(-5, backup)), reason: 'no-weight' },
  ],
  undecided: [
    {
      name: 'a tracked file moves the priority',
      hosts: pair(
        tracking(-5).replace('    track_script', '    track_file {\n        load weight 1\n    }\n    track_script'),
        conf(backup),
      ),
      reason: 'cannot-weigh',
    },
    {
      name: 'an included file was not seen',
      hosts: pair(`include more.conf\n${conf()}`, conf(backup)),
      reason: 'incomplete',
    },
  ],
  notChecked: [{ name: 'one node alone', hosts: { ds1: { [CONF]: tracking(-5) } } }],
})
