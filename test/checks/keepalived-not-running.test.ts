import { session, testCheck } from '../check-tester.ts'
import { conf, dr, PS_HTTPD, PS_KEEPALIVED } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const STATUS = 'systemctl status keepalived'
const PS = 'ps axww'
const base = { [CONF]: conf() }

const status = (
  active: string,
  loaded = 'loaded (/usr/lib/systemd/system/keepalived.service; enabled; preset: disabled)',
) => `
● keepalived.service - LVS and VRRP High Availability Monitor
   Loaded: ${loaded}
   Active: ${active}`
const DEAD = 'inactive (dead)'
const RUNNING = 'active (running) since Tue 2018-07-03 00:13:38 UTC; 7s ago'

const SKIPPING =
  "Nov 20 13:24:13 ds1 Keepalived[3]: Configuration file '/etc/keepalived/keepalived.conf' is not a regular non-executable file - skipping"
const LOG = `
Nov 20 13:24:13 ds1 Keepalived[3]: Starting Keepalived v2.2.7 (01/16,2022)
${SKIPPING}
Nov 20 13:24:13 ds1 Keepalived[3]: Stopped Keepalived v2.2.7 (01/16,2022)`
const FIRST = '1 ?        Ss     0:01 /sbin/init'

testCheck('keepalived-not-running', {
  fail: [
    {
      name: 'systemd says inactive',
      hosts: { ds1: { ...base, [STATUS]: status(DEAD) } },
      claims: [
        {
          message: 'inactive',
          data: { host: 'ds1', state: 'inactive, dead', spare: '' },
          lines: ['Active: inactive (dead)'],
          severity: 'critical',
          proof: 'direct',
          hosts: ['ds1'],
        },
      ],
    },
    {
      name: 'systemd says failed',
      hosts: {
        ds1: { ...base, [STATUS]: status('failed (Result: exit-code) since Tue 2018-07-03 00:13:38 UTC; 7s ago') },
      },
      claims: [
        {
          message: 'inactive',
          data: { state: 'failed, exit-code' },
          lines: ['Active: failed (Result: exit-code) since Tue 2018-07-03 00:13:38 UTC; 7s ago'],
        },
      ],
    },
    {
      name: 'it is started again and again',
      hosts: {
        ds1: {
          ...base,
          [STATUS]: status('activating (auto-restart) (Result: exit-code) since Tue 2018-07-03 00:13:38 UTC; 1s ago'),
        },
      },
      claims: [
        {
          message: 'inactive',
          data: { state: 'activating, auto-restart, exit-code' },
          lines: ['Active: activating (auto-restart) (Result: exit-code) since Tue 2018-07-03 00:13:38 UTC; 1s ago'],
        },
      ],
    },
    {
      name: 'is-active alone',
      hosts: { ds1: { ...base, 'systemctl is-active keepalived': 'inactive' } },
      claims: [{ message: 'inactive', data: { state: 'inactive' }, lines: ['inactive'] }],
    },
    {
      name: 'no process, and the log tells why',
      hosts: { ds1: { ...base, [PS]: PS_HTTPD, 'cat /var/log/messages': LOG } },
      claims: [{ message: 'no-process', data: { host: 'ds1' }, lines: [FIRST, SKIPPING], severity: 'critical' }],
    },
    {
      name: 'whoever reads its file or its log is not keepalived',
      hosts: {
        ds1: {
          ...base,
          [PS]: `${PS_HTTPD}\n  500 pts/0    S+     0:00 vim /etc/keepalived/keepalived.conf\n  501 pts/1    S+     0:00 journalctl -fu keepalived`,
        },
      },
      claims: [{ message: 'no-process', data: {}, lines: [FIRST] }],
    },
    {
      name: 'the other director holds the VIP: only the spare is missing',
      hosts: { ds2: { ...base, [STATUS]: status(DEAD) }, ds1: dr.ds1 },
      claims: [
        {
          message: 'inactive',
          data: { host: 'ds2', spare: 'ds1' },
          lines: ['Active: inactive (dead)'],
          severity: 'warning',
        },
      ],
    },
  ],
  pass: [
    { name: 'systemd says active', hosts: { ds1: { ...base, [STATUS]: status(RUNNING) } } },
    { name: 'a process', hosts: { ds1: { ...base, [PS]: PS_KEEPALIVED } } },
    {
      name: 'a process with its path',
      hosts: { ds1: { ...base, [PS]: PS_KEEPALIVED.replaceAll(' keepalived', ' /usr/sbin/keepalived') } },
    },
    {
      name: 'a filtered list is enough to see it',
      hosts: {
        ds1: { ...base, 'ps -ef | grep keepalived': 'root       412     1  0 13:24 ?        00:00:00 keepalived -D' },
      },
    },
    {
      name: 'started by hand, outside its unit',
      hosts: {
        ds1: {
          ...base,
          [STATUS]: status(DEAD),
          [PS]: PS_KEEPALIVED,
        },
      },
    },
  ],
  notApplicable: [
    {
      name: 'ldirectord balances here',
      hosts: { ds1: { ...base, [PS]: `${PS_HTTPD}\n  500 ?        S      0:00 ldirectord -d` } },
      reason: 'other-manager',
    },
  ],
  undecided: [
    {
      name: 'the unit never ran and the VIP is here: keepalived may run in a container',
      hosts: { ds1: { ...base, 'ip addr': dr.ds1['ip addr'] ?? '', [STATUS]: status(DEAD) } },
      reason: 'outside-unit',
    },
    {
      name: 'the unit does not run, and somebody looked at containers',
      hosts: {
        ds1: {
          ...base,
          [STATUS]: status(DEAD),
          'docker ps': `CONTAINER ID   IMAGE                      COMMAND                 CREATED       STATUS       NAMES
3f1c2b4a5d6e   osixia/keepalived:2.0.20   "/container/tool/run"   2 weeks ago   Up 2 weeks   keepalived`,
        },
      },
      reason: 'outside-unit',
    },
    { name: 'no state, no processes', hosts: { ds1: base }, reason: 'unseen' },
    {
      name: 'only the processes of the terminal',
      hosts: {
        ds1: { ...base, ps: '  PID TTY          TIME CMD\n 2107 pts/0    00:00:00 bash\n 2130 pts/0    00:00:00 ps' },
      },
      reason: 'unseen',
    },
    {
      name: 'grep found nothing but itself',
      hosts: {
        ds1: { ...base, 'ps -ef | grep keepalived': 'root      2131  2107  0 13:24 pts/0    00:00:00 grep keepalived' },
      },
      reason: 'unseen',
    },
    {
      name: 'the unit is not installed: in a container, perhaps',
      hosts: { ds1: { ...base, [STATUS]: 'Unit keepalived.service could not be found.' } },
      reason: 'unseen',
    },
    {
      name: 'stopped after the last look',
      hosts: { ds1: session('ds1', { ...base, [STATUS]: status(RUNNING), 'systemctl stop keepalived': '' }) },
      reason: 'unseen',
    },
    {
      name: 'just starting',
      hosts: { ds1: { ...base, [STATUS]: status('activating (start) since Tue 2018-07-03 00:13:38 UTC; 7s ago') } },
      reason: 'starting',
    },
    {
      name: 'a table made by hand, and no keepalived.conf',
      hosts: { ds1: { [PS]: PS_HTTPD, 'ipvsadm -Ln': dr.ds1['ipvsadm -Ln'] ?? '' } },
      reason: 'no-configuration',
    },
  ],
  notMeant: [
    {
      name: 'a real server where the package is installed and nobody uses it',
      hosts: {
        rs1: {
          ...dr.rs1,
          [STATUS]: status(DEAD, 'loaded (/usr/lib/systemd/system/keepalived.service; disabled; preset: disabled)'),
        },
        ds1: dr.ds1,
      },
    },
    { name: 'a real server needs none', hosts: { rs1: dr.rs1, ds1: dr.ds1, ds2: dr.ds2 } },
  ],
})
