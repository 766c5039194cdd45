import { testCheck } from '../check-tester.ts'
import { conf } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const GOOD = conf()
const onDs1 = (text: string, more: Record<string, string> = {}) => ({ ds1: { [CONF]: text, ...more } })
const instance = (...lines: string[]) => onDs1(GOOD.replace('    advert_int 1', lines.join('\n')))
const started = (version: string) => ({
  'cat /var/log/messages': `Nov 20 13:24:13 ds1 Keepalived[3]: Starting Keepalived v${version} (01/16,2022)`,
})

const SERVICE = 'virtual_server 192.168.10.100 80'
const WEIGHTS = ` in ${SERVICE} / real_server 192.168.10.21 80, ${SERVICE} / real_server 192.168.10.22 80 (2 times)`

testCheck('keepalived-line-rejected', {
  fail: [
    {
      name: 'a number out of its range',
      hosts: onDs1(GOOD.replace('priority 100', 'priority 300')),
      claims: [
        {
          message: 'value',
          data: { host: 'ds1', wrong: 'priority 300', wanted: '1 to 255', where: ' in vrrp_instance VI_1', old: '' },
          lines: ['priority 300'],
          hosts: ['ds1'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'the same mistake in two servers is one finding with both lines',
      hosts: onDs1(GOOD.replaceAll('weight 1', 'weight -1')),
      claims: [
        { message: 'value', data: { wrong: 'weight -1', where: WEIGHTS }, lines: ['weight -1'], severity: 'critical' },
      ],
    },
    {
      name: 'an address that is none',
      hosts: onDs1(GOOD.replace('        192.168.10.100', '        192.168.10.300')),
      claims: [
        {
          message: 'value',
          data: { wrong: '192.168.10.300', where: ' in vrrp_instance VI_1 / virtual_ipaddress' },
          lines: ['192.168.10.300'],
          severity: 'critical',
        },
      ],
    },
    {
      name: 'a release before the rules may take it for something else',
      hosts: onDs1(GOOD.replace('priority 100', 'priority 300'), started('1.3.5')),
      claims: [{ message: 'value', data: { old: '1.3.5' }, lines: ['priority 300'], severity: 'warning' }],
    },
    {
      name: 'a missing value ends keepalived',
      hosts: instance('    advert_int'),
      claims: [{ message: 'missing', data: { wrong: 'advert_int', fatal: true }, lines: ['advert_int'] }],
    },
    {
      name: 'a script that is set twice',
      hosts: instance('    notify_master /bin/a', '    notify_master /bin/b'),
      claims: [{ message: 'repeated', data: { wrong: 'notify_master' }, lines: ['notify_master /bin/b'] }],
    },
    {
      name: 'a block without what it is for: its head and its end',
      hosts: onDs1(conf({ before: 'vrrp_script chk {\n    interval 2\n} # of chk' })),
      claims: [
        {
          message: 'incomplete',
          data: { wrong: 'vrrp_script', wanted: 'script' },
          lines: ['vrrp_script chk {', '} # of chk'],
          severity: 'critical',
        },
      ],
    },
    {
      name: 'a block that keepalived completes by itself',
      hosts: instance('    use_vmac', '    unicast_peer {', '        192.168.10.12', '    }'),
      claims: [
        {
          message: 'helps-itself',
          data: { wrong: 'vrrp_instance', wanted: 'vmac_xmit_base' },
          lines: ['vrrp_instance VI_1 {'],
          severity: 'warning',
        },
      ],
    },
    {
      name: 'a zero that is refused, and that is the default',
      hosts: onDs1(conf({ before: 'global_defs {\n    vrrp_garp_interval 0\n}' })),
      claims: [
        {
          message: 'as-meant',
          data: { wrong: 'vrrp_garp_interval 0', where: ' in global_defs' },
          lines: ['vrrp_garp_interval 0'],
          severity: 'note',
        },
      ],
    },
    {
      name: 'an empty list of recipients',
      hosts: onDs1(conf({ before: 'global_defs {\n    notification_email {\n    }\n}' })),
      claims: [{ message: 'empty', data: {}, lines: ['notification_email {'], severity: 'note' }],
    },
    {
      name: 'a quote without its partner: the word behind it is lost',
      hosts: instance('    notify_master "/bin/a # b'),
      claims: [
        { message: 'quote', data: {}, lines: ['notify_master "/bin/a # b'], severity: 'critical' },
        { message: 'missing', data: { wrong: 'notify_master' }, lines: ['notify_master "/bin/a # b'] },
      ],
    },
    {
      name: 'a line that is longer than the buffer for lines',
      hosts: instance(`    notify_master "/bin/a ${'x'.repeat(1100)}"`),
      claims: [{ message: 'long-line', data: {}, lines: [`notify_master "/bin/a ${'x'.repeat(1100)}"`] }],
    },
  ],
  pass: [
    { name: 'every line is right', hosts: onDs1(GOOD) },
    { name: 'of a password the first eight bytes count, on all nodes', hosts: onDs1(conf({ auth: '1234567890' })) },
    {
      name: 'persistence_timeout 0 does what was meant',
      hosts: onDs1(conf({ virtual: '    persistence_timeout 0' })),
    },
    { name: 'a wrong value in a comment', hosts: instance('    advert_int 1 # advert_int') },
    { name: 'a variable that holds the value', hosts: onDs1(`$P=100\n${GOOD.replace('priority 100', 'priority $P')}`) },
  ],
  undecided: [
    {
      name: 'the end is missing',
      hosts: { ds1: `[root@ds1 ~]# ${CONF}\n${GOOD.slice(0, GOOD.indexOf('virtual_server'))}virtual_server` },
      reason: 'incomplete',
    },
    { name: 'a file that is included was not seen', hosts: onDs1(`include more.conf\n${GOOD}`), reason: 'incomplete' },
  ],
})
