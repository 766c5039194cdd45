import { testCheck } from '../check-tester.ts'
import { conf, VIP } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const pair = (a: string, b: string, more: Record<string, string> = {}) => ({
  ds1: { [CONF]: a },
  ds2: { [CONF]: b, ...more },
})
const backup = { state: 'BACKUP', priority: 90 }
/** Masked passwords: the number tells which first eight bytes are equal, then the length. */
const one = (length = 4) => `<secret-1/${length}>`
const two = (length = 4) => `<secret-2/${length}>`

const REFUSED = 'Nov 20 13:24:20 ds2 Keepalived_vrrp[5]: (VI_1) received an invalid passwd!'
const state = (host: string, word: string) => `
Nov 20 13:24:13 ${host} Keepalived[3]: Starting Keepalived v2.2.7 (01/16,2022)
Nov 20 13:24:17 ${host} Keepalived_vrrp[5]: (VI_1) Entering ${word} STATE`
const MESSAGES = 'cat /var/log/messages'

testCheck('auth-mismatch', {
  fail: [
    {
      name: 'two passwords',
      hosts: pair(conf({ auth: one() }), conf({ ...backup, auth: two() })),
      claims: [
        {
          message: 'password-differs',
          data: { instance: 'VI_1', a: 'ds1', b: 'ds2', latent: false },
          lines: [`auth_pass ${one()}`, `auth_pass ${two()}`],
          hosts: ['ds1', 'ds2'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'the log refuses the adverts: proven',
      hosts: pair(conf({ auth: one() }), conf({ ...backup, auth: two() }), { [MESSAGES]: REFUSED }),
      claims: [
        {
          message: 'password-differs',
          data: {},
          lines: [`auth_pass ${one()}`, REFUSED],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
    {
      name: 'long passwords that differ within the first eight bytes',
      hosts: pair(conf({ auth: one(12) }), conf({ ...backup, auth: two(12) })),
      claims: [{ message: 'password-differs', data: {}, lines: [`auth_pass ${two(12)}`] }],
    },
    {
      name: 'one node without authentication',
      hosts: pair(conf({ auth: one() }), conf({ ...backup, auth: null })),
      claims: [{ message: 'type-differs', data: { typeA: 'PASS', typeB: 'none' }, lines: [`auth_pass ${one()}`] }],
    },
    {
      name: 'vrrp_strict on one node takes its authentication away',
      hosts: pair(conf({ auth: one() }), conf({ ...backup, auth: one(), before: 'global_defs {\n    vrrp_strict\n}' })),
      claims: [{ message: 'type-differs', data: { typeA: 'PASS', typeB: 'none' }, lines: [`auth_pass ${one()}`] }],
    },
    {
      name: 'PASS and AH',
      hosts: pair(conf({ auth: one() }), conf({ ...backup, auth: one() }).replace('auth_type PASS', 'auth_type AH')),
      claims: [{ message: 'type-differs', data: { typeA: 'PASS', typeB: 'AH' }, lines: [`auth_pass ${one()}`] }],
    },
    {
      name: 'one MASTER and one BACKUP by their logs: the files were edited since, it bites at the next reload',
      hosts: {
        ds1: { [CONF]: conf({ auth: one() }), [MESSAGES]: state('ds1', 'MASTER') },
        ds2: { [CONF]: conf({ ...backup, auth: two() }), [MESSAGES]: state('ds2', 'BACKUP') },
      },
      claims: [
        { message: 'password-differs', data: { latent: true }, lines: [`auth_pass ${two()}`], severity: 'warning' },
      ],
    },
  ],
  pass: [
    { name: 'the same password', hosts: pair(conf({ auth: '1111' }), conf({ ...backup, auth: '1111' })) },
    {
      name: '123456789 and 12345678 are one: only eight bytes count',
      hosts: pair(conf({ auth: '123456789' }), conf({ ...backup, auth: '12345678' })),
    },
    {
      name: 'long passwords that differ behind the eighth byte',
      hosts: pair(conf({ auth: 'abcdefgh-left' }), conf({ ...backup, auth: 'abcdefgh-right' })),
    },
    { name: 'none on both', hosts: pair(conf({ auth: null }), conf({ ...backup, auth: null })) },
    {
      name: 'VRRPv3 sends none, so different passwords do not matter',
      hosts: pair(
        conf({ auth: one(), before: 'global_defs {\n    vrrp_version 3\n}' }),
        conf({ ...backup, auth: two(), before: 'global_defs {\n    vrrp_version 3\n}' }),
      ),
    },
    {
      name: 'vrrp_strict on both sends none either',
      hosts: pair(
        conf({ auth: one(), before: 'global_defs {\n    vrrp_strict\n}' }),
        conf({ ...backup, auth: two(), before: 'global_defs {\n    vrrp_strict\n}' }),
      ),
    },
    {
      name: 'nodes that never meet, by another id or version, are another finding',
      hosts: pair(conf({ auth: one() }), conf({ ...backup, auth: two(), vrid: 52 })),
    },
  ],
  notApplicable: [
    {
      name: 'two directors of different services',
      hosts: pair(conf({ auth: one() }), conf({ auth: two(), vrid: 60, vips: ['192.168.10.200'] })),
      reason: 'alone',
    },
  ],
  undecided: [
    {
      name: 'an included file was not seen',
      hosts: pair(`include more.conf\n${conf({ auth: one() })}`, conf({ ...backup, auth: one() })),
      reason: 'incomplete',
    },
    {
      name: 'passwords that the mask leaves alone have no tokens that compare across hosts',
      hosts: pair(conf({ auth: '^@' }), conf({ ...backup, auth: '^@^@' })),
      reason: 'cannot-compare',
    },
    {
      name: 'one file is cut off before its password',
      hosts: {
        'all.txt': `[root@ds1 ~]# ${CONF}\n${conf({ auth: one() }).replace(/auth_pass[\s\S]*/, '')}\n[root@ds2 ~]# ${CONF}\n${conf({ ...backup, auth: one() })}\n[root@ds2 ~]# \n`,
      },
      reason: 'incomplete',
    },
    {
      name: 'the author has put stars in the place of one password',
      hosts: pair(conf({ auth: '******' }), conf({ ...backup, auth: one() })),
      reason: 'cannot-compare',
    },
    {
      name: 'two placeholders that are equal say nothing either',
      hosts: pair(conf({ auth: '<redacted>' }), conf({ ...backup, auth: '<redacted>' })),
      reason: 'cannot-compare',
    },
  ],
  notChecked: [{ name: `one node alone has ${VIP}`, hosts: { ds1: { [CONF]: conf() } } }],
})
