import { testCheck } from '../check-tester.ts'
import { conf } from './support/cluster.ts'
import { CAT, ds1, FILE, GOOD_CHECK, LOG, NGINX_CHECK, STARTED, tracking, vrrp, WELL } from './support/scripts.ts'

const GAVE_UP = vrrp('VRRP_Script(chk) timed_out')
const RUNNING = vrrp('Track script chk is already running, expect idle - skipping run')

testCheck('track-script-timeout', {
  fail: [
    {
      name: 'the copied guide: sleep 2 at interval 2',
      hosts: ds1(tracking(), { [CAT]: NGINX_CHECK }),
      claims: [
        {
          message: 'sleeps',
          data: { host: 'ds1', script: 'chk', limit: 2, set: false, seconds: 2, file: FILE },
          lines: ['sleep 2', 'interval 2'],
          hosts: ['ds1'],
          severity: 'warning',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'keepalived gave it up',
      hosts: ds1(tracking({ more: 'interval 5\n    timeout 1' }), { [LOG]: `${STARTED}\n${RUNNING}\n${GAVE_UP}` }),
      claims: [
        { message: 'gave-up', data: { limit: 1, set: true }, lines: [RUNNING, GAVE_UP, 'timeout 1'], proof: 'direct' },
      ],
    },
    {
      name: 'neither timeout nor interval: one second',
      hosts: ds1(tracking({ more: 'weight -2' }), { [CAT]: '#!/bin/sh\nsleep 1\npidof nginx' }),
      claims: [{ message: 'sleeps', data: { limit: 1, seconds: 1 }, lines: ['sleep 1', 'vrrp_script chk {'] }],
    },
  ],
  pass: [{ name: 'it has ended well ever since', hosts: ds1(tracking(), { [LOG]: `${STARTED}\n${WELL}` }) }],
  notApplicable: [{ name: 'no script', hosts: ds1(conf()), reason: 'none-tracked' }],
  undecided: [
    {
      name: 'sleep 2 within 5 s: the rest takes its time, too',
      hosts: ds1(tracking({ more: 'interval 2\n    timeout 5' }), { [CAT]: NGINX_CHECK }),
      reason: 'run-time-unknown',
    },
    { name: 'nothing is known of its run', hosts: ds1(tracking(), { [CAT]: GOOD_CHECK }), reason: 'run-time-unknown' },
    {
      name: 'given up before the last start',
      hosts: ds1(tracking(), { [LOG]: `${GAVE_UP}\n${STARTED}` }),
      reason: 'run-time-unknown',
    },
    { name: 'an included file was not seen', hosts: ds1(`include more.conf\n${conf()}`), reason: 'incomplete' },
  ],
})
