import { testCheck } from '../check-tester.ts'
import { conf } from './support/cluster.ts'
import { CAT, CONF, ds1, FILE, GOOD_CHECK, LOG, NGINX_CHECK, tracking, vrrp } from './support/scripts.ts'

const text = `[root@ds1 ~]# ${CONF}\n${tracking()}\n`

testCheck('track-script-never-fails', {
  fail: [
    {
      name: 'the copied guide: it repairs, it stops keepalived, and always ends in 0',
      hosts: ds1(tracking(), { [CAT]: NGINX_CHECK }),
      claims: [
        {
          message: 'always-zero',
          data: { host: 'ds1', script: 'chk', file: FILE, weight: -20, stops: true },
          lines: ['service keepalived stop', `script "${FILE}"`, 'weight -20'],
          hosts: ['ds1'],
          severity: 'warning',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'exit 0 at the end',
      hosts: ds1(tracking({ more: 'interval 2' }), {
        [CAT]: '#!/bin/sh\ncurl -s http://127.0.0.1/ >/dev/null\nexit 0',
      }),
      claims: [{ message: 'always-zero', data: { weight: 0, stops: false }, lines: ['exit 0'] }],
    },
    {
      name: 'no script at all, but true',
      hosts: ds1(tracking({ script: '/bin/true' })),
      claims: [{ message: 'always-zero', data: { file: '/bin/true' }, lines: ['script "/bin/true"'] }],
    },
    {
      name: 'an article that shows the script and then makes it executable',
      hosts: {
        ds1: `${text}[root@ds1 ~]# ls\n\n\`\`\`shell${NGINX_CHECK}\n\`\`\`\n\n\`\`\`shell\nchmod +x ${FILE}\n\`\`\`\n`,
      },
      claims: [{ message: 'always-zero', data: { file: FILE }, lines: ['service keepalived stop'] }],
    },
  ],
  pass: [
    { name: 'exit 1 when the service is down', hosts: ds1(tracking(), { [CAT]: GOOD_CHECK }) },
    { name: 'killall -0', hosts: ds1(tracking({ script: '/usr/bin/killall -0 nginx' })) },
    {
      name: 'the log shows a failure',
      hosts: ds1(tracking(), { [LOG]: vrrp('Script `chk` now returning 1') }),
    },
    {
      name: 'the log shows a failure, in the words of 1.3',
      hosts: ds1(tracking(), { [LOG]: vrrp('VRRP_Script(chk) failed') }),
    },
  ],
  notApplicable: [
    { name: 'no script', hosts: ds1(conf()), reason: 'none-tracked' },
    {
      name: 'a script that nobody tracks',
      hosts: ds1(tracking({ tracked: false }), { [CAT]: NGINX_CHECK }),
      reason: 'none-tracked',
    },
  ],
  undecided: [
    { name: 'its text was not seen', hosts: ds1(tracking()), reason: 'text-unseen' },
    {
      name: 'the end of its text was not seen',
      hosts: { ds1: `${text}[root@ds1 ~]# ${CAT}${NGINX_CHECK}\n` },
      reason: 'text-unseen',
    },
    {
      name: 'another script was listed',
      hosts: ds1(tracking(), { 'cat /etc/keepalived/notify.sh': NGINX_CHECK }),
      reason: 'text-unseen',
    },
    {
      name: 'a here-document',
      hosts: ds1(tracking(), { [CAT]: '#!/bin/sh\nmysql <<EOF\nselect 1;\nEOF\nexit 0' }),
      reason: 'text-not-understood',
    },
    { name: 'a program of its own', hosts: ds1(tracking({ script: '/opt/ha/probe' })), reason: 'text-unseen' },
    { name: 'an included file was not seen', hosts: ds1(`include more.conf\n${conf()}`), reason: 'incomplete' },
  ],
})
