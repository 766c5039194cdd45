import { testCheck } from '../check-tester.ts'
import { conf, dr } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const LOG = 'cat /var/log/messages'
const healthy = conf()
/** The authentication block is not closed. */
const open = healthy.replace('        auth_pass 1111\n    }\n', '        auth_pass 1111\n')
/** The instance ends before its VIP. */
const early = healthy.replace('        auth_pass 1111\n    }\n', '        auth_pass 1111\n    }\n}\n')
const MISSING = "Nov 20 15:09:25 ds1 Keepalived[3]: There are 1 missing '}'s or extra '{'s"
const EXTRA = "Nov 20 15:09:26 ds1 Keepalived[3]: (Line 11) Extra '}' found"
const addresses = { 'ip addr': dr.ds1['ip addr'] ?? '' }
const ds1 = (text: string, more: Record<string, string> = {}) => ({ ds1: { [CONF]: text, ...more } })

testCheck('keepalived-brace-mismatch', {
  fail: [
    {
      name: 'a block that is not closed',
      hosts: ds1(open),
      claims: [
        {
          message: 'missing',
          data: { host: 'ds1', block: 'authentication', where: ' in vrrp_instance VI_1' },
          // What is lost with it is cited too.
          lines: ['authentication {', 'virtual_ipaddress {'],
          hosts: ['ds1'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'a brace too many',
      hosts: ds1(early),
      claims: [{ message: 'extra', data: { host: 'ds1' }, lines: ['}'], proof: 'inferred' }],
    },
    {
      name: 'keepalived counted',
      hosts: ds1(open, { [LOG]: MISSING }),
      claims: [{ message: 'missing', data: {}, lines: ['authentication {', MISSING], proof: 'direct' }],
    },
    {
      name: 'a block without its opening brace',
      hosts: ds1(healthy.replace('virtual_ipaddress {', 'virtual_ipaddress')),
      claims: [
        { message: 'unopened', data: { block: 'virtual_ipaddress' }, lines: ['192.168.10.100'], severity: 'critical' },
      ],
    },
    {
      name: 'a brace behind a word that opens no block',
      hosts: ds1(healthy.replace('    advert_int 1', '    advert_int 1 {\n    }')),
      claims: [{ message: 'unexpected', data: {}, lines: ['advert_int 1 {'], severity: 'critical' }],
    },
    {
      name: 'only the log is there',
      hosts: { ds1: { ...addresses, [LOG]: `${EXTRA}` } },
      claims: [{ message: 'extra', data: { block: '', where: '' }, lines: [EXTRA], proof: 'direct' }],
    },
    {
      name: 'the log counts one that is in a file not seen',
      hosts: ds1(`include more.conf\n${healthy}`, { [LOG]: MISSING }),
      claims: [{ message: 'missing', data: { block: '' }, lines: [MISSING], proof: 'direct' }],
    },
  ],
  pass: [
    { name: 'every brace has its counterpart', hosts: ds1(healthy) },
    {
      name: 'braces in comments and quotes do not count',
      hosts: ds1(`# }}\n! {\n${conf({ before: 'vrrp_script c {\n    script "sh -c \'{ true; }\'" # {\n}' })}`),
    },
    { name: 'corrected since', hosts: ds1(healthy, { [LOG]: MISSING }) },
    {
      name: 'a misspelt keyword is another finding',
      hosts: ds1(healthy.replace('virtual_ipaddress', 'virtual _ipaddress')),
    },
  ],
  undecided: [
    {
      name: 'cut off inside a block, and the session of the next host follows',
      hosts: {
        'all.txt': `[root@ds1 ~]# ${CONF}\n${healthy.slice(0, healthy.indexOf('auth_pass'))}\n[root@ds2 ~]# date\n`,
      },
      on: 'ds1',
      reason: 'incomplete',
    },
    {
      name: 'the text is cut off',
      hosts: { ds1: `[root@ds1 ~]# ${CONF}\n${healthy.slice(0, 300)}\n` },
      reason: 'incomplete',
    },
    {
      name: 'no configuration',
      hosts: { ds1: { ...addresses, 'ps axww': dr.ds1['ps axww'] ?? '' } },
      reason: 'unseen',
    },
  ],
})
