import { testCheck } from '../check-tester.ts'
import { type ConfOptions, conf } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const pair = (a: string, b: string) => ({ ds1: { [CONF]: a }, ds2: { [CONF]: b } })
const script = (weight: number) => `vrrp_script chk {\n    script "/bin/true"\n    weight ${weight}\n}`
const tracking = (weight: number, options: ConfOptions = {}) =>
  conf({ ...options, before: script(weight), instance: '    track_script {\n        chk\n    }' })
const nopreempt = '    nopreempt'

testCheck('priority-tie', {
  fail: [
    {
      name: 'both 100',
      hosts: pair(conf(), conf({ state: 'BACKUP' })),
      claims: [
        {
          message: 'equal',
          data: { instance: 'VI_1', a: 'ds1', b: 'ds2', priority: 100, sticky: false },
          lines: ['priority 100'],
          hosts: ['ds1', 'ds2'],
          severity: 'warning',
        },
      ],
    },
    {
      name: 'none written on one node: keepalived takes 100',
      hosts: pair(conf(), conf({ state: 'BACKUP' }).replace('    priority 100\n', '')),
      claims: [{ message: 'equal', data: { priority: 100 }, lines: ['priority 100', 'vrrp_instance VI_1 {'] }],
    },
    {
      name: 'a positive weight makes them equal',
      hosts: pair(conf(), tracking(10, { priority: 90 })),
      claims: [{ message: 'equal', data: { priority: 100 }, lines: ['priority 100', 'priority 90'] }],
    },
    {
      name: 'with nopreempt on both it may be meant: a note',
      hosts: pair(conf({ state: 'BACKUP', instance: nopreempt }), conf({ state: 'BACKUP', instance: `${nopreempt} ` })),
      claims: [{ message: 'equal', data: { sticky: true }, lines: ['priority 100'], severity: 'note' }],
    },
  ],
  pass: [
    { name: '100 and 90', hosts: pair(conf(), conf({ priority: 90 })) },
    { name: 'equal as written, 110 and 100 with the weight of a script', hosts: pair(tracking(10), conf()) },
    { name: 'other ids: they never meet', hosts: pair(conf(), conf({ vrid: 52 })) },
  ],
  notApplicable: [
    {
      name: 'two directors of different services',
      hosts: pair(conf(), conf({ vrid: 60, vips: ['192.168.10.200'] })),
      reason: 'alone',
    },
  ],
  undecided: [
    {
      name: 'a tracked process moves the priority',
      hosts: pair(conf({ instance: '    track_process {\n        nginx weight 10\n    }' }), conf()),
      reason: 'cannot-weigh',
    },
    {
      name: 'an included file was not seen',
      hosts: pair(`include more.conf\n${conf()}`, conf({ priority: 90 })),
      reason: 'incomplete',
    },
  ],
  notChecked: [{ name: 'one node alone', hosts: { ds1: { [CONF]: conf() } } }],
})
