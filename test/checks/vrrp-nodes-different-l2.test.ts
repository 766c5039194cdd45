import { testCheck } from '../check-tester.ts'
import { conf, dr, ipAddr, VIP } from './support/cluster.ts'
import { adverts, backup, CAPTURE, CONF, captured, healthyPair, inState, pair, peers } from './support/pairs.ts'

const A = '192.168.10.11'
const B = '192.168.10.12'
const on = (name: string, ...addresses: readonly string[]) => ({ 'ip addr': ipAddr([{ name, addresses }]) })
const ofA = on('eth0', `${A}/24`, `${VIP}/32`)
const ofB = on('eth0', `${B}/24`)
const elsewhere = {
  'ip addr': ipAddr([
    { name: 'eth0', addresses: [`${B}/24`] },
    { name: 'eth1', addresses: ['10.9.0.12/24'] },
  ]),
}

testCheck('vrrp-nodes-different-l2', {
  fail: [
    {
      name: 'ds2 uses eth1, in another subnet',
      hosts: pair(conf(), conf({ ...backup, dev: 'eth1' }), ofA, elsewhere),
      claims: [
        {
          message: 'other-subnet',
          data: {
            instance: 'VI_1',
            a: 'ds1',
            b: 'ds2',
            onA: `eth0 with ${A}/24`,
            onB: 'eth1 with 10.9.0.12/24',
            latent: false,
          },
          lines: ['interface eth0', 'interface eth1', 'inet 10.9.0.12/24 scope global eth1'],
          hosts: ['ds1', 'ds2'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'VLAN 100 here, VLAN 200 there, although the addresses look alike',
      hosts: pair(
        conf({ dev: 'eth0.100' }),
        conf({ ...backup, dev: 'eth0.200' }),
        on('eth0.100', `${A}/24`),
        on('eth0.200', `${B}/24`),
      ),
      claims: [
        { message: 'other-vlan', data: {}, lines: ['interface eth0.100', 'interface eth0.200'], severity: 'critical' },
      ],
    },
    {
      name: 'two subnets on one wire: by their logs the nodes hear each other',
      hosts: pair(
        conf(),
        conf(backup),
        { ...ofA, ...inState('ds1', 'MASTER') },
        { ...on('eth0', '10.9.0.12/24'), ...inState('ds2', 'BACKUP') },
      ),
      claims: [{ message: 'other-subnet', data: { latent: true }, lines: ['interface eth0'], severity: 'warning' }],
    },
    {
      name: 'the same by a capture on the backup',
      hosts: {
        ds1: dr.ds1,
        ds2: { ...dr.ds2, ...on('eth0', '10.9.0.12/24'), [CAPTURE]: captured(adverts(A)) },
      },
      claims: [{ message: 'other-subnet', data: { latent: true }, lines: ['interface eth0'], severity: 'warning' }],
    },
  ],
  pass: [
    { name: 'both in 192.168.10.0/24', hosts: pair(conf(), conf(backup), ofA, ofB) },
    { name: 'a mask that is longer on one node', hosts: pair(conf(), conf(backup), ofA, on('eth0', `${B}/25`)) },
    { name: 'one common subnet of two', hosts: pair(conf(), conf(backup), on('eth0', '10.1.0.1/24', `${A}/24`), ofB) },
    {
      name: 'tagged on one node, untagged on the other: the switch decides that',
      hosts: pair(conf(), conf({ ...backup, dev: 'eth0.100' }), ofA, on('eth0.100', `${B}/24`)),
    },
    {
      name: 'routed unicast is legal',
      hosts: pair(
        conf(peers(A, '10.9.0.12')),
        conf({ ...backup, ...peers('10.9.0.12', A), dev: 'eth1' }),
        ofA,
        elsewhere,
      ),
    },
  ],
  notApplicable: [
    {
      name: 'two directors of different services',
      hosts: pair(conf(), conf({ vrid: 60, vips: ['192.168.10.200'] }), ofA, ofB),
      reason: 'alone',
    },
  ],
  undecided: [
    { ...healthyPair, name: 'the addresses were not seen', reason: 'network-unknown' },
    {
      name: 'an interface without an address of its own',
      hosts: pair(conf(), conf(backup), ofA, on('eth0')),
      reason: 'network-unknown',
    },
    { name: 'one node alone', hosts: { ds1: { [CONF]: conf(), ...ofA } }, reason: 'one-node' },
    {
      name: 'an included file was not seen',
      hosts: pair(`include more.conf\n${conf()}`, conf(backup), ofA, ofB),
      reason: 'incomplete',
    },
  ],
})
