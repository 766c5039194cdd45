import { testCheck } from '../check-tester.ts'
import { conf } from './support/cluster.ts'
import { CONF, LOG, STARTED, vrrp } from './support/scripts.ts'

const late = (seconds: string, second = 50) => vrrp(`A thread timer expired ${seconds} seconds ago`, second)
const BACKUP = vrrp('(VI_1) Entering BACKUP STATE (init)')
const slow = conf().replace('advert_int 1', 'advert_int 5')

testCheck('vrrp-timer-starved', {
  fail: [
    {
      name: 'the VM stood still for eleven seconds',
      hosts: { ds1: { [CONF]: conf(), [LOG]: `${STARTED}\n${BACKUP}\n${late('1.250000')}\n${late('11.385519', 55)}` } },
      claims: [
        {
          message: 'looks-dead',
          data: { host: 'ds1', times: 2, longest: 11.385519, limit: 3 },
          lines: [late('11.385519', 55), late('1.250000')],
          hosts: ['ds1'],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
    {
      name: 'eleven seconds where adverts come every five',
      hosts: { ds1: { [CONF]: slow, [LOG]: late('11.385519') } },
      claims: [{ message: 'late', data: { times: 1, limit: 15 }, lines: [late('11.385519')], severity: 'warning' }],
    },
    {
      name: 'the instance is named in front, the configuration was not seen',
      hosts: { ds1: { [LOG]: vrrp('VRRP thread timer expired 4 seconds ago') } },
      claims: [
        {
          message: 'looks-dead',
          data: { longest: 4, limit: 3 },
          lines: [vrrp('VRRP thread timer expired 4 seconds ago')],
        },
      ],
    },
  ],
  pass: [
    { name: 'all of the log since the start', hosts: { ds1: { [LOG]: `${STARTED}\n${BACKUP}` } } },
    { name: 'a pause before the last start', hosts: { ds1: { [LOG]: `${late('9.000000')}\n${STARTED}\n${BACKUP}` } } },
  ],
  undecided: [{ name: 'the start is not in the log', hosts: { ds1: { [LOG]: BACKUP } }, reason: 'log-part' }],
  notChecked: [{ name: 'no log', hosts: { ds1: { [CONF]: conf() } } }],
})
