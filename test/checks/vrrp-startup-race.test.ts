import { testCheck } from '../check-tester.ts'
import { conf } from './support/cluster.ts'
import { CONF, LOG } from './support/scripts.ts'

const at = (clock: string, host: string, message: string) => `Nov 20 ${clock} ${host} Keepalived_vrrp[5]: ${message}`
const started = (clock: string, host: string) =>
  `Nov 20 ${clock} ${host} Keepalived[3]: Starting Keepalived v2.2.7 (01/16,2022)`
const MASTER = at('13:29:09', 'ds2', '(VI_1) Entering MASTER STATE')
const HEARD = at(
  '13:29:31',
  'ds2',
  '(VI_1) Master received advert from 192.168.10.11 with higher priority 100, ours 90',
)
/** ds2 reboots, hears nobody, takes over, and hears ds1 22 s later. */
const race = [
  started('13:29:05', 'ds2'),
  at('13:29:05', 'ds2', '(VI_1) Entering BACKUP STATE (init)'),
  at('13:29:09', 'ds2', '(VI_1) Receive advertisement timeout'),
  MASTER,
  HEARD,
  at('13:29:31', 'ds2', '(VI_1) Entering BACKUP STATE'),
].join('\n')
const quiet = race.split('\n').slice(0, 2).join('\n')
const WAS = at('11:00:04', 'ds1', '(VI_1) Entering MASTER STATE')
const ds1 = [started('11:00:00', 'ds1'), at('11:00:00', 'ds1', '(VI_1) Entering BACKUP STATE (init)'), WAS].join('\n')
/** ds1 was started later than ds2, and took over as it should. */
const later = ds1.replaceAll('11:00:0', '13:29:2')
const unicast = conf({ instance: '    unicast_src_ip 192.168.10.12\n    unicast_peer {\n        192.168.10.11\n    }' })
const pair = (one: string, two: string, text = conf()) => ({
  ds1: { [CONF]: text, [LOG]: one },
  ds2: { [CONF]: text, [LOG]: two },
})

testCheck('vrrp-startup-race', {
  fail: [
    {
      name: 'MASTER four seconds after the start, beside a MASTER of hours',
      hosts: pair(ds1, race),
      claims: [
        {
          message: 'too-early',
          data: { host: 'ds2', peer: 'ds1', instance: 'VI_1', after: 4, lasted: 22 },
          lines: [MASTER, HEARD, started('13:29:05', 'ds2'), WAS],
          hosts: ['ds2', 'ds1'],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
  ],
  pass: [
    { name: 'it stays BACKUP', hosts: pair(ds1, quiet) },
    { name: 'the other node was started later: there was nobody to be heard', hosts: pair(later, race) },
  ],
  undecided: [
    {
      name: 'the log of the other node is missing',
      hosts: { ds2: { [CONF]: conf(), [LOG]: race } },
      reason: 'peer-unseen',
    },
    {
      name: 'unicast behind a stateful firewall looks the same',
      hosts: pair(ds1, race, unicast),
      reason: 'unicast-state',
    },
    {
      name: 'the log does not reach back to the start',
      hosts: pair(ds1, at('13:40:00', 'ds2', '(VI_1) Entering BACKUP STATE')),
      reason: 'log-part',
    },
  ],
})
