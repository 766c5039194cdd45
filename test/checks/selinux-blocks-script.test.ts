import { testCheck } from '../check-tester.ts'
import { conf } from './support/cluster.ts'
import { ds1, tracking } from './support/scripts.ts'

const AUSEARCH = 'ausearch -m avc -c keepalived'
const MODE = 'getenforce'
const avc = (what: string, permissive = ' permissive=0', domain = 'keepalived_t') =>
  `type=AVC msg=audit(1700000000.123:456): avc:  denied  { ${what.split(' ')[0]} } for  pid=1234 comm="keepalived" ${what.split(' ').slice(1).join(' ')} scontext=system_u:system_r:${domain}:s0 ${what.includes('name_connect') ? 'tcontext=system_u:object_r:http_port_t:s0 tclass=tcp_socket' : 'tcontext=unconfined_u:object_r:admin_home_t:s0 tclass=file'}${permissive}`
const EXECUTE = avc('execute name="check.sh"')
const CONNECT = avc('name_connect dest=8080')
const found = (...lines: readonly string[]) =>
  lines.map((line) => `----\ntime->Fri Nov 20 13:29:05 2026\n${line}`).join('\n')

testCheck('selinux-blocks-script', {
  fail: [
    {
      name: 'a script in the home of root',
      hosts: ds1(conf(), { [AUSEARCH]: found(EXECUTE, EXECUTE) }),
      claims: [
        {
          message: 'script',
          data: { host: 'ds1', what: 'execute check.sh', times: 2, target: 'admin_home_t' },
          lines: [EXECUTE],
          hosts: ['ds1'],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
    {
      name: 'a connection, on a kernel that does not say whether it was only logged',
      hosts: ds1(conf(), { [MODE]: 'Enforcing', [AUSEARCH]: found(avc('name_connect dest=8080', '')) }),
      claims: [
        { message: 'other', data: { what: 'connect 8080' }, lines: [avc('name_connect dest=8080', ''), 'Enforcing'] },
      ],
    },
    {
      name: 'both',
      hosts: ds1(conf(), { [AUSEARCH]: found(CONNECT, EXECUTE) }),
      claims: [
        { message: 'script', data: { times: 1 }, lines: [EXECUTE] },
        { message: 'other', data: { times: 1 }, lines: [CONNECT] },
      ],
    },
  ],
  pass: [
    { name: 'nothing was refused', hosts: ds1(tracking(), { [MODE]: 'Enforcing', [AUSEARCH]: '<no matches>' }) },
    {
      name: 'somebody else was refused something',
      hosts: ds1(tracking(), {
        [MODE]: 'Enforcing',
        [AUSEARCH]: found(avc('execute name="x"', ' permissive=0', 'httpd_t')),
      }),
    },
  ],
  notApplicable: [
    { name: 'there is no script', hosts: ds1(conf()), reason: 'no-script' },
    {
      name: 'permissive: refusals are only logged',
      hosts: ds1(conf(), { [MODE]: 'Permissive', [AUSEARCH]: found(avc('execute name="check.sh"', ' permissive=1')) }),
      reason: 'not-enforcing',
    },
    { name: 'no SELinux', hosts: ds1(conf(), { [MODE]: 'Disabled' }), reason: 'not-enforcing' },
  ],
  undecided: [
    {
      name: 'no script so far, but an included file was not seen',
      hosts: ds1(`include more.conf\n${conf()}`),
      reason: 'mode-unseen',
    },
    { name: 'the mode was not seen', hosts: ds1(tracking()), reason: 'mode-unseen' },
    { name: 'refusals were not seen', hosts: ds1(tracking(), { [MODE]: 'Enforcing' }), reason: 'audit-unseen' },
  ],
})
