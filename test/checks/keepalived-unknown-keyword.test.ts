import { testCheck } from '../check-tester.ts'
import { conf, dr } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const GOOD = conf()
const onDs1 = (text: string, more: Record<string, string> = {}) => ({ ds1: { [CONF]: text, ...more } })

/** A paste that ends before the file does: no prompt follows. */
const cut = (text: string) => ({
  ds1: `[root@ds1 ~]# ${CONF}\n${text.slice(0, text.indexOf('virtual_server'))}virtual_server`,
})

const LOGGED =
  "Nov 20 13:24:13 ds1 Keepalived_vrrp[5]: (/etc/keepalived/keepalived.conf: Line 12) Unknown keyword 'virtual'"
const LOG = `
Nov 20 13:24:13 ds1 Keepalived[3]: Starting Keepalived v2.2.7 (01/16,2022)
${LOGGED}
Nov 20 13:24:13 ds1 Keepalived_vrrp[5]: (/etc/keepalived/keepalived.conf: Line 12) Unexpected '{' - ignoring
Nov 20 13:24:13 ds1 Keepalived_vrrp[5]: (/etc/keepalived/keepalived.conf: Line 13) Unknown keyword '192.168.10.100'
Nov 20 13:24:13 ds1 Keepalived_vrrp[5]: (/etc/keepalived/keepalived.conf: Line 14) Unknown keyword '}'`

testCheck('keepalived-unknown-keyword', {
  fail: [
    {
      name: 'a blank inside virtual_ipaddress: the VIP is gone',
      hosts: onDs1(GOOD.replace('virtual_ipaddress {', 'virtual _ipaddress {')),
      claims: [
        {
          message: 'misspelt',
          data: {
            host: 'ds1',
            word: 'virtual',
            meant: 'virtual_ipaddress',
            split: true,
            where: ' in vrrp_instance VI_1',
          },
          // And what keepalived passes over because of it.
          lines: ['virtual _ipaddress {', '192.168.10.100'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'the log says it too: proven, and its echoes are not counted',
      hosts: onDs1(GOOD.replace('virtual_ipaddress {', 'virtual _ipaddress {'), { 'cat /var/log/messages': LOG }),
      claims: [
        {
          message: 'misspelt',
          data: { meant: 'virtual_ipaddress' },
          lines: ['virtual _ipaddress {', LOGGED],
          proof: 'direct',
        },
      ],
    },
    {
      name: 'only the log is there: nobody knows what was meant',
      hosts: { ds1: { 'cat /var/log/messages': LOG } },
      claims: [{ message: 'unknown', data: { word: 'virtual', where: '' }, lines: [LOGGED], severity: 'critical' }],
    },
    {
      name: 'a slip where the default will do',
      hosts: onDs1(GOOD.replace('delay_loop 3', 'delay_lop 3')),
      claims: [
        {
          message: 'misspelt',
          data: { word: 'delay_lop', meant: 'delay_loop', split: false },
          lines: ['delay_lop 3'],
          severity: 'critical',
        },
      ],
    },
    {
      name: 'a real server that is none',
      hosts: onDs1(GOOD.replace('real_server 192.168.10.21', 'real_sever 192.168.10.21')),
      claims: [
        {
          message: 'misspelt',
          data: { meant: 'real_server' },
          lines: ['real_sever 192.168.10.21 80 {'],
          severity: 'critical',
        },
      ],
    },
    {
      name: 'the same slip in two instances is one finding with both lines',
      hosts: onDs1(`${GOOD}\n${GOOD.replace('VI_1', 'VI_2')}`.replaceAll('    interface eth0', '    interfase eth0')),
      claims: [
        {
          message: 'misspelt',
          data: { meant: 'interface', where: ' in vrrp_instance VI_1, vrrp_instance VI_2' },
          lines: ['interfase eth0'],
          severity: 'critical',
        },
      ],
    },
    {
      name: 'a keyword of another block',
      hosts: onDs1(GOOD.replace('    advert_int 1', '    advert_int 1\n    vrrp_strict')),
      claims: [
        {
          message: 'misplaced',
          data: { word: 'vrrp_strict', belongs: 'global_defs', where: ' in vrrp_instance VI_1' },
          lines: ['vrrp_strict'],
          severity: 'critical',
        },
      ],
    },
    {
      name: 'a word that resembles nothing',
      hosts: onDs1(GOOD.replace('    advert_int 1', '    advert_int 1\n    zzzzzzz 1')),
      claims: [{ message: 'unknown', data: { word: 'zzzzzzz' }, lines: ['zzzzzzz 1'], severity: 'critical' }],
    },
  ],
  pass: [
    { name: 'nothing unknown', hosts: onDs1(GOOD) },
    { name: 'authentication{ without a blank', hosts: onDs1(GOOD.replace('authentication {', 'authentication{')) },
    {
      name: 'nb_get_retry is out of date, not unknown',
      hosts: onDs1(
        GOOD.replaceAll('            connect_timeout 2', '            connect_timeout 2\n            nb_get_retry 3'),
      ),
    },
    { name: 'comments hold anything', hosts: onDs1(`# virtual _ipaddress {\n! real_sever\n${GOOD}`) },
    { name: 'the complaint is older than the correction', hosts: onDs1(GOOD, { 'cat /var/log/messages': LOG }) },
    {
      name: 'a later start had nothing to complain about',
      hosts: onDs1(GOOD, {
        'cat /var/log/messages': `${LOG}\nNov 20 13:30:00 ds1 Keepalived[9]: Starting Keepalived v2.2.7 (01/16,2022)`,
      }),
    },
  ],
  undecided: [
    { name: 'a file that is included was not seen', hosts: onDs1(`include extra.conf\n${GOOD}`), reason: 'incomplete' },
    { name: 'the end is missing', hosts: cut(GOOD), reason: 'incomplete' },
    { name: 'no configuration', hosts: { ds1: { 'ps axww': dr.ds1['ps axww'] ?? '' } }, reason: 'unseen' },
  ],
})
