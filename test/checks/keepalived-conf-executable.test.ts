import { testCheck } from '../check-tester.ts'
import { dr, ipAddr, ipvs } from './support/cluster.ts'

const LS = 'ls -l /etc/keepalived'
const EXECUTABLE = '-rwxr-xr-x 1 root root 716 Nov 20 13:24 keepalived.conf'
const PLAIN = '-rw-r--r-- 1 root root 716 Nov 20 13:24 keepalived.conf'
const PATH = '/etc/keepalived/keepalived.conf'

const SKIPPING =
  "Nov 20 13:24:13 ds1 Keepalived[3]: Configuration file '/etc/keepalived/keepalived.conf' is not a regular non-executable file - skipping"
const LOG = `
Nov 20 13:24:13 ds1 Keepalived[3]: Starting Keepalived v2.2.7 (01/16,2022)
Nov 20 13:24:13 ds1 Keepalived[3]: Command line: 'keepalived' '-D'
${SKIPPING}
Nov 20 13:24:13 ds1 Keepalived[3]: Stopped Keepalived v2.2.7 (01/16,2022)`

/** As keepalived 2.2.7 logs it. */
const INCLUDED =
  "Nov 20 13:24:13 ds1 Keepalived[3]: (Line 1) Configuration file 'conf.d/web.conf' is not a regular non-executable file - skipping"

const listing = (...entries: string[]) => `total 4\n${entries.join('\n')}`
const CONF = 'cat /etc/keepalived/keepalived.conf'
const text = dr.ds1[CONF] ?? ''

/** A director that shows no sign of having read its configuration. */
const idle = {
  'ip addr': ipAddr([{ name: 'eth0', addresses: ['192.168.10.11/24'] }]),
  [CONF]: text,
}
const including = { ...idle, [CONF]: `include conf.d/*.conf\n${text}` }

testCheck('keepalived-conf-executable', {
  fail: [
    {
      name: 'mode 755 and the complaint in the log: proven',
      hosts: { ds1: { ...idle, [LS]: listing(EXECUTABLE), 'cat /var/log/messages': LOG } },
      claims: [
        {
          message: 'executable',
          data: { host: 'ds1', path: PATH, mode: '755', latent: false },
          lines: [SKIPPING, EXECUTABLE],
          severity: 'critical',
          proof: 'direct',
          hosts: ['ds1'],
        },
      ],
    },
    {
      name: 'chmod 777, nothing in the log',
      hosts: { ds1: { ...idle, [LS]: listing('-rwxrwxrwx 1 root root 716 Nov 20 13:24 keepalived.conf') } },
      claims: [
        {
          message: 'executable',
          data: { mode: '777', latent: false },
          lines: ['-rwxrwxrwx 1 root root 716 Nov 20 13:24 keepalived.conf'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'one x bit is enough, also that of the group',
      hosts: { ds1: { ...idle, [`stat -c '%a %F %U %G %s %n' ${PATH}`]: `654 regular file root root 716 ${PATH}` } },
      claims: [{ message: 'executable', data: { mode: '654' }, lines: [`654 regular file root root 716 ${PATH}`] }],
    },
    {
      name: 'the daemon runs with what it read before the chmod: a warning, it bites at the next start',
      hosts: { ds1: { ...dr.ds1, [LS]: listing(EXECUTABLE) } },
      claims: [{ message: 'executable', data: { latent: true }, lines: [EXECUTABLE], severity: 'warning' }],
    },
    {
      name: 'a balancing backup has read it too',
      hosts: { ds1: { ...idle, 'ipvsadm -Ln': ipvs(['192.168.10.21:80']), [LS]: listing(EXECUTABLE) } },
      claims: [{ message: 'executable', data: { latent: true }, lines: [EXECUTABLE], severity: 'warning' }],
    },
    {
      name: 'only the log is there',
      hosts: { ds1: { 'cat /var/log/messages': LOG } },
      claims: [{ message: 'logged', data: { path: PATH }, lines: [SKIPPING], proof: 'direct' }],
    },
    {
      name: 'an included file is executable',
      hosts: {
        ds1: {
          ...including,
          [LS]: listing(PLAIN),
          'ls -l /etc/keepalived/conf.d': listing('-rwxr--r-- 1 root root 90 Nov 20 13:24 web.conf'),
        },
      },
      claims: [
        {
          message: 'executable',
          data: { path: '/etc/keepalived/conf.d/web.conf', mode: '744' },
          lines: ['-rwxr--r-- 1 root root 90 Nov 20 13:24 web.conf'],
        },
      ],
    },
    {
      name: 'an included file, which the log names as the pattern does',
      hosts: {
        ds1: {
          ...including,
          [LS]: listing(PLAIN),
          'ls -l /etc/keepalived/conf.d': listing('-rwxr--r-- 1 root root 90 Nov 20 13:24 web.conf'),
          'cat /var/log/messages': INCLUDED,
        },
      },
      claims: [
        {
          message: 'executable',
          data: { path: '/etc/keepalived/conf.d/web.conf' },
          lines: [INCLUDED, '-rwxr--r-- 1 root root 90 Nov 20 13:24 web.conf'],
          proof: 'direct',
        },
      ],
    },
    {
      name: 'of a link the target counts',
      hosts: {
        ds1: {
          ...idle,
          [LS]: listing(
            'lrwxrwxrwx 1 root root   9 Nov 20 13:24 keepalived.conf -> main.conf',
            '-rwxr-xr-x 1 root root 716 Nov 20 13:24 main.conf',
          ),
        },
      },
      claims: [
        {
          message: 'executable',
          data: { path: PATH },
          lines: ['-rwxr-xr-x 1 root root 716 Nov 20 13:24 main.conf'],
        },
      ],
    },
    {
      name: 'a folder in the place of the file',
      hosts: { ds1: { ...idle, [LS]: listing('drwxr-xr-x 2 root root 4096 Nov 20 13:24 keepalived.conf') } },
      claims: [
        {
          message: 'not-regular',
          data: { type: 'directory' },
          lines: ['drwxr-xr-x 2 root root 4096 Nov 20 13:24 keepalived.conf'],
        },
      ],
    },
  ],
  pass: [
    { name: 'mode 644', hosts: { ds1: { ...idle, [LS]: listing(PLAIN) } } },
    {
      name: 'mode 600 is as good',
      hosts: { ds1: { ...idle, [LS]: listing('-rw------- 1 root root 716 Nov 20 13:24 keepalived.conf') } },
    },
    {
      name: 'folders need their x bit',
      hosts: { ds1: { ...idle, [LS]: listing('drwxr-xr-x 2 root root 4096 Nov 20 13:24 conf.d', PLAIN) } },
    },
    {
      name: 'a script beside it may be executable',
      hosts: { ds1: { ...idle, [LS]: listing('-rwxr-xr-x 1 root root 90 Nov 20 13:24 check.sh', PLAIN) } },
    },
    {
      name: 'the complaint is older than the repair',
      hosts: { ds1: { ...idle, 'cat /var/log/messages': LOG, [LS]: listing(PLAIN) } },
    },
    {
      name: 'a link has all x bits, its target none',
      hosts: {
        ds1: {
          ...idle,
          [LS]: listing(
            'lrwxrwxrwx 1 root root   9 Nov 20 13:24 keepalived.conf -> main.conf',
            '-rw-r--r-- 1 root root 716 Nov 20 13:24 main.conf',
          ),
        },
      },
    },
    {
      name: 'the included files were listed and shown too',
      hosts: {
        ds1: {
          ...including,
          'cat /etc/keepalived/conf.d/web.conf': 'vrrp_instance VI_2 {\n    virtual_router_id 52\n}',
          [LS]: listing(PLAIN),
          'ls -l /etc/keepalived/conf.d': listing('-rw-r--r-- 1 root root 90 Nov 20 13:24 web.conf'),
        },
      },
    },
  ],
  notApplicable: [
    {
      name: 'keepalived 1.2 reads executable files',
      hosts: {
        ds1: {
          ...idle,
          [LS]: listing(EXECUTABLE),
          'cat /var/log/messages': 'Nov 20 13:24:13 ds1 Keepalived[3]: Starting Keepalived v1.2.13 (03/19,2015)',
        },
      },
      reason: 'old-release',
    },
  ],
  undecided: [
    {
      name: 'repaired after the listing',
      hosts: { ds1: { ...idle, [LS]: listing(EXECUTABLE), [`chmod 644 ${PATH}`]: '' } },
      reason: 'changed-since',
    },
    { name: 'no listing', hosts: { ds1: idle }, reason: 'mode-unseen' },
    {
      name: 'the included files were not listed',
      hosts: { ds1: { ...including, [LS]: listing(PLAIN) } },
      reason: 'mode-unseen',
    },
    {
      name: 'a link to somewhere else',
      hosts: {
        ds1: {
          ...idle,
          [LS]: listing('lrwxrwxrwx 1 root root 21 Nov 20 13:24 keepalived.conf -> /srv/conf/keepalived.conf'),
        },
      },
      reason: 'mode-unseen',
    },
    {
      name: 'the text was not seen: it may include others',
      hosts: { ds1: { 'ps axww': dr.ds1['ps axww'] ?? '', [LS]: listing(PLAIN) } },
      reason: 'includes-unknown',
    },
  ],
  notMeant: [
    {
      name: 'a file left over on a real server',
      hosts: { rs1: { ...dr.rs1, [LS]: listing(EXECUTABLE) }, ds1: dr.ds1, ds2: dr.ds2 },
      roles: { rs1: 'real-server' },
    },
  ],
})
