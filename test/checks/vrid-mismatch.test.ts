import { testCheck } from '../check-tester.ts'
import { conf } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const pair = (a: string, b: string) => ({ ds1: { [CONF]: a }, ds2: { [CONF]: b } })
const backup = { state: 'BACKUP', priority: 90 }
const other = { vips: ['192.168.10.200'], vrid: 52 }
const MESSAGES = 'cat /var/log/messages'
const state = (host: string, word: string) => `
Nov 20 13:24:13 ${host} Keepalived[3]: Starting Keepalived v2.2.7 (01/16,2022)
Nov 20 13:24:17 ${host} Keepalived_vrrp[5]: (VI_1) Entering ${word} STATE`
const master = (log: string, second: string) => ({
  ds1: { [CONF]: conf(), [MESSAGES]: state('ds1', log) },
  ds2: { [CONF]: conf({ ...backup, vrid: 52 }), [MESSAGES]: state('ds2', second) },
})

testCheck('vrid-mismatch', {
  fail: [
    {
      name: 'one VIP, two ids',
      hosts: pair(conf(), conf({ ...backup, vrid: 52 })),
      claims: [
        {
          message: 'same-vip',
          data: { vip: '192.168.10.100', a: 'ds1', b: 'ds2', vridA: 51, vridB: 52, latent: false },
          lines: ['virtual_router_id 51', 'virtual_router_id 52', '192.168.10.100'],
          hosts: ['ds1', 'ds2'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'a log of two MASTERs is no excuse',
      hosts: master('MASTER', 'MASTER'),
      claims: [{ message: 'same-vip', data: { latent: false }, lines: ['virtual_router_id 52'], severity: 'critical' }],
    },
    {
      name: 'one MASTER and one BACKUP by their logs: the files were edited since',
      hosts: master('MASTER', 'BACKUP'),
      claims: [{ message: 'same-vip', data: { latent: true }, lines: ['virtual_router_id 52'], severity: 'warning' }],
    },
    {
      name: 'written with a prefix on one node',
      hosts: pair(conf(), conf({ ...backup, vrid: 52, vips: ['192.168.10.100/24'] })),
      claims: [{ message: 'same-vip', data: { vridB: 52 }, lines: ['192.168.10.100/24'] }],
    },
  ],
  pass: [
    { name: 'the same id', hosts: pair(conf(), conf(backup)) },
    {
      name: 'two instances, each MASTER of one VIP',
      hosts: pair(
        `${conf()}\n${conf({ ...backup, ...other }).replace('VI_1', 'VI_2')}`,
        `${conf(backup)}\n${conf(other).replace('VI_1', 'VI_2')}`,
      ),
    },
    {
      name: 'the id is not written on one node: keepalived refuses that instance itself',
      hosts: pair(conf(), conf(backup).replace('    virtual_router_id 51\n', '')),
    },
  ],
  notApplicable: [
    {
      name: 'two directors of different services',
      hosts: pair(conf(), conf({ ...backup, ...other })),
      reason: 'alone',
    },
  ],
  undecided: [
    {
      name: 'an included file was not seen',
      hosts: pair(`include more.conf\n${conf()}`, conf(backup)),
      reason: 'incomplete',
    },
  ],
  notChecked: [{ name: 'one node alone', hosts: { ds1: { [CONF]: conf() } } }],
})
