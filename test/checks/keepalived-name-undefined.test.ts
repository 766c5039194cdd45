import { testCheck } from '../check-tester.ts'
import { conf } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const GOOD = conf()
const onDs1 = (text: string, more: Record<string, string> = {}) => ({ ds1: { [CONF]: text, ...more } })
const group = (...members: string[]) =>
  `vrrp_sync_group G {\n    group {\n        ${members.join('\n        ')}\n    }\n}`
const PROCESS = 'vrrp_track_process web {\n    process nginx\n}'
const TRACKED = '    track_process {\n        web\n    }'

testCheck('keepalived-name-undefined', {
  fail: [
    {
      name: 'a sync group with a member that does not exist',
      hosts: onDs1(`${group('VI_1', 'VI_2')}\n${GOOD}`),
      claims: [
        {
          message: 'undefined',
          data: { host: 'ds1', name: 'VI_2', block: 'vrrp_instance' },
          lines: ['VI_2'],
          hosts: ['ds1'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'a process that is defined below the instance that tracks it: names are looked up as they are read',
      hosts: onDs1(`${conf({ instance: TRACKED })}\n${PROCESS}`),
      claims: [
        {
          message: 'undefined',
          data: { name: 'web', block: 'vrrp_track_process' },
          lines: ['web'],
          severity: 'critical',
        },
      ],
    },
    {
      name: 'a virtual server of a group that nobody defines',
      hosts: onDs1(GOOD.replace('virtual_server 192.168.10.100 80', 'virtual_server group WEB')),
      claims: [
        { message: 'undefined', data: { block: 'virtual_server_group' }, lines: ['virtual_server group WEB {'] },
      ],
    },
    {
      name: 'a sync daemon of an instance that does not exist',
      hosts: onDs1(conf({ before: 'global_defs {\n    lvs_sync_daemon eth0 inst VI_2\n}' })),
      claims: [
        {
          message: 'undefined',
          data: { name: 'VI_2' },
          lines: ['lvs_sync_daemon eth0 inst VI_2'],
          severity: 'warning',
        },
      ],
    },
    {
      name: 'before 2.0 other rules hold',
      hosts: onDs1(`${group('VI_1', 'VI_2')}\n${GOOD}`, {
        'cat /var/log/messages': 'Nov 20 13:24:13 ds1 Keepalived[3]: Starting Keepalived v1.3.5 (03/19,2017)',
      }),
      claims: [{ message: 'undefined', data: { name: 'VI_2' }, lines: ['VI_2'], severity: 'warning' }],
    },
  ],
  pass: [
    { name: 'nothing is named', hosts: onDs1(GOOD) },
    { name: 'a member that is defined below its group', hosts: onDs1(`${group('VI_1')}\n${GOOD}`) },
    { name: 'a process that is defined above', hosts: onDs1(`${PROCESS}\n${conf({ instance: TRACKED })}`) },
    {
      name: 'of a script another check tells',
      hosts: onDs1(conf({ instance: '    track_script {\n        chk\n    }' })),
    },
  ],
  undecided: [
    {
      name: 'it may be defined in a file that was not seen',
      hosts: onDs1(`include more.conf\n${group('VI_1', 'VI_2')}\n${GOOD}`),
      reason: 'incomplete',
    },
  ],
})
