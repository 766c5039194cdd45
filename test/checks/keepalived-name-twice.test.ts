import { testCheck } from '../check-tester.ts'
import { conf } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const GOOD = conf()
const onDs1 = (text: string, more: Record<string, string> = {}) => ({ ds1: { [CONF]: text, ...more } })
const copy = `\nvrrp_instance VI_1 { # the copy\n    interface eth0\n    virtual_router_id 52\n    virtual_ipaddress {\n        192.168.10.101\n    }\n}`

testCheck('keepalived-name-twice', {
  fail: [
    {
      name: 'an instance was copied, and kept its name',
      hosts: onDs1(`${GOOD}${copy}`),
      claims: [
        {
          message: 'twice',
          data: { host: 'ds1', block: 'vrrp_instance', name: 'VI_1' },
          lines: ['vrrp_instance VI_1 { # the copy'],
          hosts: ['ds1'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'before 2.0 other rules hold',
      hosts: onDs1(`${GOOD}${copy}`, {
        'cat /var/log/messages': 'Nov 20 13:24:13 ds1 Keepalived[3]: Starting Keepalived v1.3.5 (03/19,2017)',
      }),
      claims: [{ message: 'twice', data: {}, lines: ['vrrp_instance VI_1 { # the copy'], severity: 'warning' }],
    },
  ],
  pass: [
    { name: 'one instance', hosts: onDs1(GOOD) },
    { name: 'two with names of their own', hosts: onDs1(`${GOOD}${copy.replace('VI_1', 'VI_2')}`) },
    {
      name: 'a script and an instance of one name',
      hosts: onDs1(conf({ before: 'vrrp_script VI_1 {\n    script /bin/true\n}' })),
    },
  ],
  undecided: [
    { name: 'a file that is included was not seen', hosts: onDs1(`include more.conf\n${GOOD}`), reason: 'incomplete' },
  ],
})
