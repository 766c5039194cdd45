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

/** As coreutils 8.22 of CentOS 7 prints it. */
const MOVED = '-rw-r--r--. root root unconfined_u:object_r:admin_home_t:s0 keepalived.conf'

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
      name: 'a file that was moved here from the home of root, with SELinux enforcing',
      hosts: {
        ds1: {
          ...idle,
          'ls -lZ /etc/keepalived': MOVED,
          getenforce: 'Enforcing',
        },
      },
      claims: [
        {
          message: 'label',
          data: { path: PATH, what: 'admin_home_t', enforcing: true },
          lines: [MOVED, 'Enforcing'],
          severity: 'warning',
        },
      ],
    },
    {
      name: 'the same, and whether SELinux is on was not seen',
      hosts: { ds1: { ...idle, 'ls -lZ /etc/keepalived': MOVED } },
      claims: [{ message: 'label', data: { enforcing: false }, lines: [MOVED], severity: 'note' }],
    },
    {
      name: 'a file of somebody else, included',
      hosts: {
        ds1: {
          ...including,
          [LS]: listing(PLAIN),
          'ls -l /etc/keepalived/conf.d': listing('-rw-r--r-- 1 deploy root 90 Nov 20 13:24 web.conf'),
        },
      },
      claims: [
        {
          message: 'owner',
          data: { path: '/etc/keepalived/conf.d/web.conf', what: 'the user deploy' },
          lines: ['-rw-r--r-- 1 deploy root 90 Nov 20 13:24 web.conf'],
          severity: 'note',
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
      name: 'the label of the place',
      hosts: {
        ds1: { ...idle, 'ls -lZ /etc/keepalived': MOVED.replace('admin_home_t', 'etc_t'), getenforce: 'Enforcing' },
      },
    },
    {
      name: 'a label of another place says nothing where SELinux is off',
      hosts: { ds1: { ...idle, 'ls -lZ /etc/keepalived': MOVED, getenforce: 'Disabled' } },
    },
    {
      name: 'the group of root may write: that is root too',
      hosts: { ds1: { ...idle, [LS]: listing('-rw-rw---- 1 root root 716 Nov 20 13:24 keepalived.conf') } },
    },
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
