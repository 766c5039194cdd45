import { testCheck } from '../check-tester.ts'
import { conf, dr } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const LOG = 'cat /var/log/messages'
const tracking = '    track_script {\n        chk_web\n    }'
const script = 'vrrp_script chk_web {\n    script "/usr/bin/killall -0 nginx"\n    interval 2\n}'
const SAID =
  'Nov 20 15:09:43 ds1 Keepalived_vrrp[5]: (/etc/keepalived/keepalived.conf: Line 11) (VI_1) track script chk_web not found, ignoring...'
const group = `vrrp_sync_group G1 {\n    group {\n        VI_1\n    }\n${tracking}\n}`
const ds1 = (text: string, more: Record<string, string> = {}) => ({ ds1: { [CONF]: text, ...more } })

testCheck('track-script-undefined', {
  fail: [
    {
      name: 'no block of that name',
      hosts: ds1(conf({ instance: tracking })),
      claims: [
        {
          message: 'undefined',
          data: { host: 'ds1', script: 'chk_web', by: 'vrrp_instance VI_1' },
          lines: ['chk_web'],
          hosts: ['ds1'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'keepalived says so',
      hosts: ds1(conf({ instance: tracking }), { [LOG]: SAID }),
      claims: [{ message: 'undefined', data: {}, lines: ['chk_web', SAID], proof: 'direct' }],
    },
    {
      name: 'only the log is there',
      hosts: { ds1: { 'ip addr': dr.ds1['ip addr'] ?? '', [LOG]: SAID } },
      claims: [{ message: 'undefined', data: { script: 'chk_web', by: 'vrrp_instance VI_1' }, lines: [SAID] }],
    },
    {
      name: 'an included file was not seen, but keepalived did not find it there',
      hosts: ds1(`include more.conf\n${conf({ instance: tracking })}`, { [LOG]: SAID }),
      claims: [{ message: 'undefined', data: {}, lines: [SAID], proof: 'direct' }],
    },
    {
      name: 'defined below the instance',
      hosts: ds1(`${conf({ instance: tracking })}\n${script}`),
      claims: [{ message: 'defined-later', data: { script: 'chk_web' }, lines: ['chk_web'] }],
    },
    {
      name: 'tracked by a sync group',
      hosts: ds1(conf({ before: group })),
      claims: [{ message: 'undefined', data: { by: 'vrrp_sync_group G1' }, lines: ['chk_web'] }],
    },
  ],
  pass: [
    { name: 'defined above', hosts: ds1(conf({ before: script, instance: tracking })) },
    { name: 'defined since', hosts: ds1(conf({ before: script, instance: tracking }), { [LOG]: SAID }) },
    {
      name: 'defined in an included file',
      hosts: ds1(`include scripts.conf\n${conf({ instance: tracking })}`, {
        'cat /etc/keepalived/scripts.conf': script,
      }),
    },
  ],
  notApplicable: [{ name: 'nothing is tracked', hosts: ds1(conf({ before: script })), reason: 'none-tracked' }],
  undecided: [
    {
      name: 'an included file was not seen: it may be there',
      hosts: ds1(`include scripts.conf\n${conf({ instance: tracking })}`),
      reason: 'incomplete',
    },
    { name: 'nothing tracked so far', hosts: ds1(`include more.conf\n${conf()}`), reason: 'incomplete' },
    {
      name: 'no configuration',
      hosts: { ds1: { 'ps axww': dr.ds1['ps axww'] ?? '' } },
      reason: 'unseen',
    },
  ],
})
