import { testCheck } from '../check-tester.ts'
import { conf } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const LOG = 'cat /var/log/messages'
const LS = 'ls -l /etc/keepalived/conf.d'
const line = (name: string) => `-rw-r--r-- 1 root root 716 Nov 20 13:24 ${name}`
const folder = (...names: readonly string[]) => `total ${4 * names.length}\n${names.map(line).join('\n')}`
const PATTERN = '/etc/keepalived/conf.d/*.conf'
const including = `include ${PATTERN}\n${conf()}`
const SAID = `Nov 20 15:09:26 ds1 Keepalived[3]: (Line 1) Config files missing '${PATTERN}'.`
const STARTED = 'Nov 20 15:09:31 ds1 Keepalived[3]: Starting Keepalived v2.2.7 (01/16,2022)'
const instance = conf()
const ds1 = (text: string, more: Record<string, string> = {}) => ({ ds1: { [CONF]: text, ...more } })

testCheck('keepalived-include-no-match', {
  fail: [
    {
      name: 'the file is called vrrp.cfg',
      hosts: ds1(including, { [LS]: folder('vrrp.cfg') }),
      claims: [
        {
          message: 'nothing-there',
          data: { host: 'ds1', pattern: PATTERN, beside: '/etc/keepalived/conf.d/vrrp.cfg' },
          lines: [`include ${PATTERN}`, 'total 4', line('vrrp.cfg')],
          hosts: ['ds1'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'keepalived says so',
      hosts: ds1(including, { [LOG]: `${STARTED}\n${SAID}` }),
      claims: [{ message: 'nothing-there', data: { beside: '' }, lines: [SAID], proof: 'direct' }],
    },
    {
      name: 'ls says so',
      hosts: ds1(including, { [`ls -l ${PATTERN}`]: `ls: cannot access '${PATTERN}': No such file or directory` }),
      claims: [{ message: 'nothing-there', data: {}, lines: [`include ${PATTERN}`], proof: 'inferred' }],
    },
    {
      name: 'a relative path, from the folder of keepalived.conf',
      hosts: ds1(`include conf.d/web.conf\n${conf()}`, { [LS]: folder('vrrp.conf') }),
      claims: [{ message: 'nothing-there', data: { pattern: 'conf.d/web.conf' }, lines: ['include conf.d/web.conf'] }],
    },
  ],
  pass: [
    { name: 'a file fits', hosts: ds1(including, { [LS]: folder('vrrp.conf') }) },
    {
      name: 'its text was seen',
      hosts: ds1(`include conf.d/vrrp.conf\nglobal_defs {\n    router_id a\n}`, {
        'cat /etc/keepalived/conf.d/vrrp.conf': instance,
      }),
    },
    { name: 'missing at start, there now', hosts: ds1(including, { [LOG]: SAID, [LS]: folder('vrrp.conf') }) },
  ],
  notApplicable: [{ name: 'no include', hosts: ds1(conf()), reason: 'no-include' }],
  undecided: [
    { name: 'the folder was not listed', hosts: ds1(including), reason: 'not-all-seen' },
    {
      name: 'the listing was filtered',
      hosts: ds1(including, { [`${LS} | grep cfg`]: line('vrrp.cfg') }),
      reason: 'not-all-seen',
    },
    {
      name: 'missed before the last start',
      hosts: ds1(including, { [LOG]: `${SAID}\n${STARTED}` }),
      reason: 'not-all-seen',
    },
    {
      name: 'the text is cut off',
      hosts: { ds1: `[root@ds1 ~]# ${CONF}\n${conf().slice(0, 300)}\n` },
      reason: 'not-all-seen',
    },
  ],
})
