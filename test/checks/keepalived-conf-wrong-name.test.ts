import { testCheck } from '../check-tester.ts'
import { conf, dr, PS_KEEPALIVED } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const LS = 'ls -l /etc/keepalived'
const LOG = 'cat /var/log/messages'
const PS = 'ps axww'
const line = (name: string) => `-rw-r--r-- 1 root root 716 Nov 20 13:24 ${name}`
const ls = (...names: readonly string[]) => `total ${4 * names.length}\n${names.map(line).join('\n')}`
const STAT = "stat -c '%a %F %U %G %s %n' /etc/keepalived /etc/keepalived/*"
const stat = (...names: readonly string[]) =>
  [
    '755 directory root root 4096 /etc/keepalived',
    ...names.map((name) => `644 regular file root root 716 /etc/keepalived/${name}`),
  ].join('\n')
const MISSING = "Nov 20 15:09:31 ds1 Keepalived[3]: Config files missing '/etc/keepalived/keepalived.conf'."
const STARTED = 'Nov 20 15:09:31 ds1 Keepalived[3]: Starting Keepalived v2.2.7 (01/16,2022)'
const command = (words: string) => `Nov 20 15:09:31 ds1 Keepalived[3]: Command line: ${words}`
const other = PS_KEEPALIVED.replaceAll('keepalived -D', '/usr/sbin/keepalived -D -f /etc/keepalived/web.conf')

testCheck('keepalived-conf-wrong-name', {
  fail: [
    {
      name: 'the editor has made a keepalivec.conf, keepalived finds nothing',
      hosts: { ds1: { [LS]: ls('keepalivec.conf'), [LOG]: `${STARTED}\n${MISSING}` } },
      claims: [
        {
          message: 'no-main-file',
          data: { host: 'ds1', path: '/etc/keepalived/keepalivec.conf' },
          lines: [line('keepalivec.conf'), MISSING],
          hosts: ['ds1'],
          severity: 'warning',
          proof: 'direct',
        },
      ],
    },
    {
      name: 'the listing of the collector shows it as well',
      hosts: { ds1: { [STAT]: stat('keepalive.conf', 'notify.sh'), [PS]: PS_KEEPALIVED } },
      claims: [
        {
          message: 'no-main-file',
          data: { path: '/etc/keepalived/keepalive.conf' },
          lines: [stat().trim()],
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'both are there: the edit went into the wrong one',
      hosts: { ds1: { [CONF]: conf(), [LS]: ls('keepalived.conf', 'keepalivec.conf') } },
      claims: [
        {
          message: 'near-name',
          data: { path: '/etc/keepalived/keepalivec.conf' },
          lines: [line('keepalivec.conf'), line('keepalived.conf')],
        },
      ],
    },
    {
      name: '-f names another file',
      hosts: { ds1: { [CONF]: conf(), [LS]: ls('keepalived.conf', 'web.conf'), [PS]: other } },
      claims: [
        {
          message: 'other-file',
          data: { file: '/etc/keepalived/web.conf' },
          lines: ['412 ?        Ss     0:00 /usr/sbin/keepalived -D -f /etc/keepalived/web.conf'],
          proof: 'direct',
        },
      ],
    },
    {
      name: '-f in the log',
      hosts: {
        ds1: { [CONF]: conf(), [LS]: ls('keepalived.conf'), [LOG]: command("'keepalived' '--use-file=/srv/ka.conf'") },
      },
      claims: [{ message: 'other-file', data: { file: '/srv/ka.conf' }, lines: [line('keepalived.conf')] }],
    },
  ],
  pass: [
    {
      name: 'the file, and no options',
      hosts: { ds1: { [CONF]: conf(), [LS]: ls('keepalived.conf'), [PS]: PS_KEEPALIVED } },
    },
    {
      name: 'backups and samples',
      hosts: {
        ds1: { [LS]: ls('keepalived.conf', 'keepalived.conf.bak', 'keepalived.conf.rpmnew'), [PS]: PS_KEEPALIVED },
      },
    },
    {
      name: 'a second instance is meant',
      hosts: { ds1: { [LS]: ls('keepalived.conf', 'keepalived2.conf', 'keepalived-b.conf'), [PS]: PS_KEEPALIVED } },
    },
    {
      name: 'an included file may have any name',
      hosts: {
        ds1: {
          [CONF]: `include keepalive*.conf\n${conf()}`,
          [LS]: ls('keepalived.conf', 'keepalive.conf'),
          [PS]: PS_KEEPALIVED,
        },
      },
    },
    {
      name: '-f with the usual file',
      hosts: {
        ds1: { [LS]: ls('keepalived.conf'), [LOG]: command("'keepalived' '-Df' '/etc/keepalived/keepalived.conf'") },
      },
    },
  ],
  undecided: [
    { name: 'no listing', hosts: { ds1: { [CONF]: conf(), [PS]: PS_KEEPALIVED } }, reason: 'unseen' },
    {
      name: 'names of processes only',
      hosts: {
        ds1: {
          [CONF]: conf(),
          [LS]: ls('keepalived.conf'),
          'ps ax -o pid,comm': '  PID COMMAND\n    1 systemd\n  412 keepalived',
        },
      },
      reason: 'options-unseen',
    },
    {
      name: 'a near name, but whether the main file is there was not seen',
      hosts: {
        ds1: {
          'ip addr': dr.ds1['ip addr'] ?? '',
          'ls -l /etc/keepalived/keepalivec.conf': line('/etc/keepalived/keepalivec.conf'),
          [PS]: PS_KEEPALIVED,
        },
      },
      reason: 'unseen',
    },
  ],
})
