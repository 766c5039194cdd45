import { testCheck } from '../check-tester.ts'
import { conf } from './support/cluster.ts'
import { ds1, FILE, LOG, STARTED, tracking, vrrp, WELL } from './support/scripts.ts'

const LS = `ls -lL ${FILE}`
const ls = (letters: string, path = FILE) => `-${letters} 1 root root 246 Nov 20 13:24 ${path}`
const NO_ENTRY = `ls: cannot access '${FILE}': No such file or directory`
const GONE = vrrp(`Script ${FILE} cannot be accessed - No such file or directory`)
const DISABLED = vrrp('Disabling track script chk since not found/accessible')
const NO_EXEC = vrrp(`WARNING - script '${FILE}' is not executable for uid:gid 0:0 - disabling.`)
const NO_USER = vrrp(`(/etc/keepalived/keepalived.conf: Line 6) Unable to set uid/gid for script '${FILE}'`)
const S127 = vrrp('Script `chk` now returning 127')

testCheck('track-script-broken', {
  fail: [
    {
      name: 'the script is not there: keepalived goes on without it',
      hosts: ds1(tracking(), { [LOG]: `${STARTED}\n${GONE}\n${DISABLED}` }),
      claims: [
        {
          message: 'not-found',
          data: { host: 'ds1', script: 'chk', file: FILE },
          lines: [DISABLED, GONE, `script "${FILE}"`],
          hosts: ['ds1'],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
    {
      name: 'a name without a path',
      hosts: ds1(tracking({ script: 'check.sh' }), { [LOG]: vrrp('Cannot find script check.sh in path - disabling') }),
      claims: [{ message: 'not-found', data: { file: 'check.sh' }, lines: ['script "check.sh"'], proof: 'direct' }],
    },
    {
      name: 'a listing shows that it is not there',
      hosts: ds1(tracking(), { [LS]: NO_ENTRY }),
      claims: [{ message: 'not-found', data: {}, lines: [NO_ENTRY], proof: 'inferred' }],
    },
    {
      name: 'keepalived may not execute it, root can by sh',
      hosts: ds1(tracking(), { [LOG]: NO_EXEC, [LS]: ls('rw-r--r--') }),
      claims: [{ message: 'not-executable', data: { file: FILE }, lines: [NO_EXEC], proof: 'direct' }],
    },
    {
      name: 'nobody may execute it',
      hosts: ds1(tracking({ script: `/bin/sh ${FILE} now` }), { [LS]: ls('rw-r--r--') }),
      claims: [{ message: 'not-executable', data: {}, lines: [ls('rw-r--r--')], proof: 'inferred' }],
    },
    {
      name: 'its user does not exist',
      hosts: ds1(tracking(), { [LOG]: NO_USER }),
      claims: [{ message: 'no-user', data: {}, lines: [NO_USER], proof: 'direct' }],
    },
    {
      name: 'a command in it is not found: a healthy node counts as failed',
      hosts: ds1(tracking(), { [LOG]: `${STARTED}\n${WELL}\n${S127}` }),
      claims: [{ message: 'cannot-run', data: { status: 127 }, lines: [S127], proof: 'direct' }],
    },
  ],
  pass: [
    { name: 'it has run', hosts: ds1(tracking(), { [LOG]: `${STARTED}\n${WELL}` }) },
    { name: 'anybody may execute it', hosts: ds1(tracking(), { [LS]: ls('rwxr-xr-x') }) },
    {
      name: 'it could not be run for a while',
      hosts: ds1(tracking(), { [LOG]: `${STARTED}\n${S127}\n${vrrp('Script `chk` now returning 0')}\n${WELL}` }),
    },
    { name: 'repaired before the last start', hosts: ds1(tracking(), { [LOG]: `${DISABLED}\n${STARTED}\n${WELL}` }) },
    {
      name: 'a service that is down is no broken script',
      hosts: ds1(tracking(), { [LS]: ls('rwxr-xr-x'), [LOG]: vrrp('Script `chk` now returning 1') }),
    },
  ],
  notApplicable: [{ name: 'no script', hosts: ds1(conf()), reason: 'none-tracked' }],
  undecided: [
    { name: 'nothing is known of it', hosts: ds1(tracking()), reason: 'unseen' },
    { name: 'root alone may execute it', hosts: ds1(tracking(), { [LS]: ls('rwx------') }), reason: 'unseen' },
    {
      name: 'a folder that others may not pass',
      hosts: ds1(tracking({ script: '/root/check.sh' }), { 'ls -l /root/check.sh': ls('rwxr-xr-x', '/root/check.sh') }),
      reason: 'unseen',
    },
    { name: 'an included file was not seen', hosts: ds1(`include more.conf\n${conf()}`), reason: 'incomplete' },
  ],
})
