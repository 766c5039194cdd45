import { testCheck } from '../check-tester.ts'
import { conf, PS_HTTPD, PS_KEEPALIVED } from './support/cluster.ts'
import { CONF, LOG, said, started } from './support/pairs.ts'

const BY_HAND = `
  PID TTY      STAT   TIME COMMAND
    1 ?        Ss     0:01 /sbin/init
  412 ?        Ss     0:00 keepalived -D
  413 ?        S      0:00 keepalived -D
  414 ?        S      0:00 keepalived -D
  588 ?        Ss     0:00 keepalived -D -p /run/k2.pid -r /run/v2.pid -c /run/c2.pid
  589 ?        S      0:00 keepalived -D -p /run/k2.pid -r /run/v2.pid -c /run/c2.pid`

const names = (count: number) =>
  ['    PID COMMAND', '      1 systemd', ...Array.from({ length: count }, (_, i) => `    ${412 + i} keepalived`)].join(
    '\n',
  )

const family = (...rows: readonly (readonly [number, number])[]) =>
  [
    'UID          PID    PPID  C STIME TTY          TIME CMD',
    'root           1       0  0 10:00 ?        00:00:01 /sbin/init',
    ...rows.map(
      ([pid, ppid]) => `root         ${pid}     ${ppid}  0 10:01 ?        00:00:00 /usr/sbin/keepalived --dont-fork -D`,
    ),
  ].join('\n')
const REFUSED = said('ds1', 'daemon is already running', 31).replace('_vrrp', '')

testCheck('two-keepalived', {
  fail: [
    {
      name: 'one by the service, one by hand: their command lines differ',
      hosts: { ds1: { 'ps axww': BY_HAND } },
      claims: [
        {
          message: 'two-daemons',
          data: { host: 'ds1' },
          lines: ['588 ?        Ss     0:00 keepalived -D -p /run/k2.pid -r /run/v2.pid -c /run/c2.pid'],
          hosts: ['ds1'],
          severity: 'warning',
        },
      ],
    },
    {
      name: 'two parents with the same command line',
      hosts: { ds1: { 'ps -ef': family([412, 1], [413, 412], [588, 570], [589, 588]) } },
      claims: [
        {
          message: 'two-daemons',
          data: { processes: 2 },
          lines: ['root         588     570  0 10:01 ?        00:00:00 /usr/sbin/keepalived --dont-fork -D'],
        },
      ],
    },
    {
      name: 'six processes are more than one daemon has, even by name alone',
      hosts: { ds1: { 'ps ax -o pid,comm': names(6) } },
      claims: [{ message: 'two-daemons', data: { processes: 6 }, lines: ['412 keepalived'] }],
    },
    {
      name: 'the second start was refused: a note',
      hosts: { ds1: { [LOG]: [started('ds1'), REFUSED].join('\n') } },
      claims: [
        { message: 'start-refused', data: { host: 'ds1' }, lines: [REFUSED], severity: 'note', proof: 'direct' },
      ],
    },
  ],
  pass: [
    {
      name: 'a second start that was refused left one',
      hosts: { ds1: { 'ps axww': PS_KEEPALIVED, [LOG]: [started('ds1'), REFUSED].join('\n') } },
    },
    { name: 'a parent and two children', hosts: { ds1: { 'ps axww': PS_KEEPALIVED, [CONF]: conf() } } },
    {
      name: 'with BFD there are four',
      hosts: { ds1: { 'ps -ef': family([412, 1], [413, 412], [414, 412], [415, 412]) } },
    },
    {
      name: 'children with names of their own',
      hosts: {
        ds1: {
          'ps axww': `
  PID TTY      STAT   TIME COMMAND
    1 ?        Ss     0:01 /sbin/init
  412 ?        Ss     0:00 keepalived -D
  413 ?        S      0:00 keepalived_vrrp
  414 ?        S      0:00 keepalived_healthcheckers`,
        },
      },
    },
  ],
  notApplicable: [{ name: 'none at all', hosts: { ds1: { 'ps axww': PS_HTTPD, [CONF]: conf() } }, reason: 'none' }],
  undecided: [
    {
      name: 'a part of the processes',
      hosts: { ds1: { 'ps -ef | grep keepalived': family([412, 1], [413, 412]).split('\n').slice(2).join('\n') } },
      reason: 'unseen',
    },
    {
      name: 'each with a file of its own',
      hosts: {
        ds1: {
          'ps axww': BY_HAND.replaceAll('-D -p /run/k2.pid', '-D -f /etc/keepalived/inner.conf -p /run/k2.pid'),
        },
      },
      reason: 'separate',
    },
    {
      name: 'four processes by name: one daemon with BFD, or two with one child',
      hosts: { ds1: { 'ps ax -o pid,comm': names(4) } },
      reason: 'cannot-count',
    },
  ],
})
