import { testCheck } from '../check-tester.ts'
import { capture } from './support/packets.ts'
import { adverts } from './support/pairs.ts'

const ONE = '192.168.10.11'
const running = adverts(ONE)
const stop = adverts(ONE, { say: 'VRRPv2, Advertisement, vrid 51, prio 0', count: 1 }).replace('13:40:10', '13:40:19')

testCheck('cap-prio-zero', {
  fail: [
    {
      name: 'the master stops',
      hosts: { ds2: capture([running, stop]) },
      claims: [
        {
          message: 'stopped',
          data: { vrid: 51, from: ONE, host: 'ds2' },
          lines: [stop],
          hosts: ['ds2'],
          severity: 'note',
          proof: 'direct',
        },
      ],
    },
  ],
  pass: [{ name: 'it goes on', hosts: { ds2: capture([running]) } }],
  notApplicable: [{ name: 'no advert', hosts: { ds2: capture([]) }, reason: 'no-adverts', on: 'case' }],
  undecided: [
    { name: 'the paste breaks off', hosts: { 'notes.txt': `${running}\n` }, reason: 'cut-short', on: 'case' },
  ],
  notChecked: [{ name: 'no capture', hosts: { ds1: { 'ip link': '' } }, on: 'case' }],
})
