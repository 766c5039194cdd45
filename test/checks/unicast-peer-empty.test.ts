import { testCheck } from '../check-tester.ts'
import { conf } from './support/cluster.ts'
import { backup, CONF, inState, pair, peers, said } from './support/pairs.ts'

const A = '192.168.10.11'
const B = '192.168.10.12'
const STUCK = said('ds1', '(VI_1) Cannot use unicast without any peers - going to fault state', 15)
const faulty = { instance: `${peers(A).instance}\n    unicast_fault_no_peer` }

testCheck('unicast-peer-empty', {
  fail: [
    {
      name: 'an empty list, the other node not seen',
      hosts: { ds1: { [CONF]: conf(peers(A)) } },
      claims: [
        {
          message: 'falls-back',
          data: { host: 'ds1', instance: 'VI_1', word: 'unicast_peer', harmless: false },
          lines: ['unicast_peer {'],
          hosts: ['ds1'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'the other node does use unicast',
      hosts: pair(conf(peers(A)), conf({ ...backup, ...peers(B, A) })),
      claims: [{ message: 'falls-back', data: { harmless: false }, lines: ['unicast_peer {'], severity: 'critical' }],
    },
    {
      name: 'unicast_src_ip without a list',
      hosts: { ds1: { [CONF]: conf({ instance: `    unicast_src_ip ${A}` }) } },
      claims: [{ message: 'falls-back', data: { word: 'unicast_src_ip' }, lines: [`unicast_src_ip ${A}`] }],
    },
    {
      name: 'empty on both: both use multicast, and may well hear each other',
      hosts: pair(conf(peers(A)), conf({ ...backup, ...peers(B) })),
      claims: [{ message: 'falls-back', data: { harmless: true }, lines: ['unicast_peer {'], severity: 'warning' }],
    },
    {
      name: 'unicast_fault_no_peer keeps it in FAULT',
      hosts: { ds1: { [CONF]: conf(faulty), ...inState('ds1', 'FAULT', STUCK) } },
      claims: [
        {
          message: 'faults',
          data: { host: 'ds1' },
          lines: ['unicast_peer {', STUCK],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
  ],
  pass: [{ name: 'a list with a peer', hosts: { ds1: { [CONF]: conf(peers(A, B)) } } }],
  notApplicable: [{ name: 'multicast', hosts: { ds1: { [CONF]: conf() } }, reason: 'multicast' }],
  undecided: [
    {
      name: 'the list is in another file',
      hosts: { ds1: { [CONF]: conf({ instance: `    unicast_src_ip ${A}\n    include peers.conf` }) } },
      reason: 'incomplete',
    },
    {
      name: 'the peers are a variable',
      hosts: { ds1: { [CONF]: conf(peers(A, '$PEERS')) } },
      reason: 'incomplete',
    },
  ],
})
