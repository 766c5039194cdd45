import { testCheck } from '../check-tester.ts'
import { conf, dr } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const mail = (server: string, from = 'keepalived@example.org') =>
  conf({
    before: `global_defs {\n    notification_email {\n        root@example.org\n    }\n    notification_email_from ${from}\n    smtp_server ${server}\n    smtp_connect_timeout 30\n}`,
  })
const ss = (local: string) => `
State   Recv-Q  Send-Q   Local Address:Port   Peer Address:Port Process
LISTEN  0       128            0.0.0.0:22          0.0.0.0:*
LISTEN  0       100   ${local.padStart(16)}          0.0.0.0:*`
const ds1 = (text: string, more: Record<string, string> = {}) => ({
  ds1: { 'ip addr': dr.ds1['ip addr'] ?? '', [CONF]: text, ...more },
})

testCheck('smtp-alert-useless', {
  fail: [
    {
      name: 'mail to itself, and no mail server',
      hosts: ds1(mail('192.168.10.11'), { 'ss -lnt': ss('0.0.0.0:80') }),
      claims: [
        {
          message: 'nobody-listens',
          data: { host: 'ds1', server: '192.168.10.11', port: 25 },
          lines: ['smtp_server 192.168.10.11'],
          hosts: ['ds1'],
          severity: 'note',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'the sample file: 127.0.0.1, and another port',
      hosts: ds1(mail('127.0.0.1 587'), { 'ss -lnt': ss('127.0.0.1:25') }),
      claims: [{ message: 'nobody-listens', data: { port: 587 }, lines: ['smtp_server 127.0.0.1 587'] }],
    },
    {
      name: 'a stray letter behind the sender',
      hosts: ds1(mail('192.168.10.25', 'keepalived@example.org c')),
      claims: [
        { message: 'stray-word', data: { words: 'c' }, lines: ['notification_email_from keepalived@example.org c'] },
      ],
    },
  ],
  pass: [
    { name: 'another host', hosts: ds1(mail('192.168.10.25')) },
    { name: 'a mail server of its own', hosts: ds1(mail('127.0.0.1'), { 'ss -lnt': ss('127.0.0.1:25') }) },
  ],
  notApplicable: [{ name: 'no mail', hosts: ds1(conf()), reason: 'no-mail' }],
  undecided: [
    { name: 'listeners were not seen', hosts: ds1(mail('192.168.10.11')), reason: 'listeners-unseen' },
    { name: 'own addresses were not seen', hosts: { ds1: { [CONF]: mail('192.168.10.11') } }, reason: 'own-addresses' },
    { name: 'an included file was not seen', hosts: ds1(`include more.conf\n${conf()}`), reason: 'incomplete' },
  ],
})
