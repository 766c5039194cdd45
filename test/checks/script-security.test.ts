import { testCheck } from '../check-tester.ts'
import { conf } from './support/cluster.ts'
import { ds1, FILE, LOG, STARTED, tracking, vrrp, WELL } from './support/scripts.ts'

const LS = 'ls -ldL /usr /usr/local /usr/local/src /usr/local/src/nginx_check.sh'
const line = (letters: string, owner: string, path: string) => `${letters} 2 ${owner} 4096 Nov 20 13:24 ${path}`
const listing = (file: string, folder = line('drwxr-xr-x', 'root root', '/usr/local/src')) => `
${line('drwxr-xr-x', 'root root', '/usr')}
${line('drwxr-xr-x', 'root root', '/usr/local')}
${folder}
${file}`
const SAFE = line('-rwxr-xr-x', 'root root', FILE)
const asRoot = 'interval 2\n    user root'
const secure = tracking({ globals: 'enable_script_security', more: asRoot })
const byDefault = tracking({ globals: 'enable_script_security' })
const UNSAFE = vrrp(`Unsafe permissions found for script '${FILE}' - disabling.`)
const WARNING = vrrp('SECURITY VIOLATION - scripts are being executed but script_security not enabled.')

testCheck('script-security', {
  fail: [
    {
      name: 'keepalived refuses a script',
      hosts: ds1(secure, { [LOG]: `${STARTED}\n${UNSAFE}` }),
      claims: [
        {
          message: 'refused',
          data: { host: 'ds1', file: FILE, part: '' },
          lines: [UNSAFE],
          hosts: ['ds1'],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
    {
      name: 'the script belongs to somebody else',
      hosts: ds1(secure, { [LS]: listing(line('-rwxr-xr-x', 'web web', FILE)) }),
      claims: [
        {
          message: 'refused',
          data: { part: FILE, what: 'belongs to web' },
          lines: [line('-rwxr-xr-x', 'web web', FILE), 'enable_script_security'],
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'a folder above it may be written by everybody',
      hosts: ds1(secure, { [LS]: listing(SAFE, line('drwxrwxrwx', 'root root', '/usr/local/src')) }),
      claims: [{ message: 'refused', data: { part: '/usr/local/src' }, lines: ['enable_script_security'] }],
    },
    {
      name: 'a group may write',
      hosts: ds1(tracking({ globals: 'enable_script_security\n    script_user root' }), {
        [LS]: listing(line('-rwxrwxr-x', 'root web', FILE)),
      }),
      claims: [
        { message: 'refused', data: { what: 'may be written by the group web' }, lines: ['enable_script_security'] },
      ],
    },
    {
      name: 'the famous warning is no more than that',
      hosts: ds1(tracking(), { [LOG]: WARNING }),
      claims: [{ message: 'not-enabled', data: { host: 'ds1' }, lines: [WARNING], severity: 'note', proof: 'direct' }],
    },
  ],
  pass: [
    { name: 'root alone, all the way', hosts: ds1(secure, { [LS]: listing(SAFE) }) },
    { name: 'the group root may write', hosts: ds1(secure, { [LS]: listing(line('-rwxrwxr-x', 'root root', FILE)) }) },
    {
      name: 'in a folder with the sticky bit nobody can replace it',
      hosts: ds1(secure, { [LS]: listing(SAFE, line('drwxrwxrwt', 'root root', '/usr/local/src')) }),
    },
    {
      name: 'a script that does not run as root is not looked at',
      hosts: ds1(tracking({ globals: 'enable_script_security', more: 'interval 2\n    user web' }), {
        [LS]: listing(line('-rwxr-xr-x', 'web web', FILE)),
      }),
    },
  ],
  notApplicable: [
    { name: 'no script', hosts: ds1(conf()), reason: 'no-script' },
    { name: 'not asked for, and no complaint', hosts: ds1(tracking(), { [LOG]: WELL }), reason: 'not-asked' },
  ],
  undecided: [
    { name: 'owners were not seen', hosts: ds1(secure), reason: 'mode-unseen' },
    {
      name: 'it may run as keepalived_script',
      hosts: ds1(byDefault, { [LS]: listing(line('-rwxr-xr-x', 'web web', FILE)) }),
      reason: 'user-unknown',
    },
    { name: 'an included file was not seen', hosts: ds1(`include more.conf\n${conf()}`), reason: 'incomplete' },
  ],
})
