import { testCheck } from '../check-tester.ts'
import { conf, dr } from './support/cluster.ts'
import {
  adverts,
  backup,
  CAPTURE,
  CONF,
  captured,
  healthyPair,
  inState,
  openPairs,
  pair,
  peers,
  strangers,
} from './support/pairs.ts'

const ofA = peers('192.168.10.11', '192.168.10.12')
const ofB = peers('192.168.10.12', '192.168.10.11')
const BY_UNICAST = adverts('192.168.10.11', { dst: '192.168.10.12', way: 'Out' })
const BY_GROUP = adverts('192.168.10.12')

testCheck('unicast-multicast-mix', {
  fail: [
    {
      name: 'unicast_peer on the master only',
      hosts: pair(conf(ofA), conf(backup)),
      claims: [
        {
          message: 'mixed',
          data: { instance: 'VI_1', unicast: 'ds1', multicast: 'ds2', peers: '192.168.10.12', latent: false },
          lines: ['192.168.10.12', 'vrrp_instance VI_1 {'],
          hosts: ['ds1', 'ds2'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'an empty list on one node is multicast',
      hosts: pair(conf(peers('192.168.10.11')), conf({ ...backup, ...ofB })),
      claims: [
        { message: 'mixed', data: { unicast: 'ds2', multicast: 'ds1' }, lines: ['192.168.10.11', 'unicast_peer {'] },
      ],
    },
    {
      name: 'a capture shows both ways: proven',
      hosts: {
        ds1: { ...dr.ds1, [CONF]: conf(ofA), [CAPTURE]: captured(BY_UNICAST, BY_GROUP) },
        ds2: dr.ds2,
      },
      claims: [
        {
          message: 'mixed',
          data: { latent: false },
          lines: [BY_UNICAST.split('\n')[0] ?? '', BY_GROUP.split('\n')[0] ?? ''],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
    {
      name: 'the running daemons agree by their logs',
      hosts: pair(conf(ofA), conf(backup), inState('ds1', 'MASTER'), inState('ds2', 'BACKUP')),
      claims: [{ message: 'mixed', data: { latent: true }, lines: ['192.168.10.12'], severity: 'warning' }],
    },
  ],
  pass: [
    healthyPair,
    { name: 'unicast on both', hosts: pair(conf(ofA), conf({ ...backup, ...ofB })) },
    {
      name: 'an empty list on both: multicast',
      hosts: pair(conf(peers('192.168.10.11')), conf({ ...backup, ...peers('192.168.10.12') })),
    },
  ],
  notApplicable: [strangers],
  undecided: [
    ...openPairs,
    {
      name: 'the list of the other node may come from a file that was not seen',
      hosts: pair(conf(ofA), conf({ ...backup, instance: '    include peers.conf' })),
      reason: 'incomplete',
    },
  ],
})
