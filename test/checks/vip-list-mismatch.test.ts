import { testCheck } from '../check-tester.ts'
import { conf, ipAddr, VIP } from './support/cluster.ts'
import { backup, CONF, healthyPair, inState, LOG, openPairs, pair, said, started, strangers } from './support/pairs.ts'

const SECOND = '192.168.10.101'
const both = [VIP, SECOND]
const COUNT = said('ds2', '(VI_1) received an unexpected ip number count 1, expected 2!')
const ABSENT = said('ds1', `(VI_1) ip address associated with VRID 51 not present in MASTER advert: ${VIP}`)
const release = (host: string, number: string) => ({ [LOG]: started(host, number) })
const addresses = (own: string) => ({ 'ip addr': ipAddr([{ name: 'eth0', addresses: [`${own}/24`] }]) })

testCheck('vip-list-mismatch', {
  fail: [
    {
      name: 'a second VIP on one node only',
      hosts: pair(conf(), conf({ ...backup, vips: both })),
      claims: [
        {
          message: 'differs',
          data: { instance: 'VI_1', a: 'ds1', b: 'ds2', onlyA: '', onlyB: SECOND, effect: 'refuses' },
          lines: [SECOND, 'virtual_ipaddress {'],
          hosts: ['ds1', 'ds2'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'as many, but another one: same VRID in one network',
      hosts: pair(conf(), conf({ ...backup, vips: [SECOND] }), addresses('192.168.10.11'), addresses('192.168.10.12')),
      claims: [{ message: 'differs', data: { onlyA: VIP, onlyB: SECOND }, lines: [VIP, SECOND], severity: 'critical' }],
    },
    {
      name: 'the log refuses the adverts: proven',
      hosts: pair(conf(), conf({ ...backup, vips: both }), {}, inState('ds2', 'MASTER', COUNT)),
      claims: [{ message: 'differs', data: {}, lines: [SECOND, COUNT], severity: 'critical', proof: 'direct' }],
    },
    {
      name: 'keepalived 2.3.3 on both only logs it',
      hosts: pair(conf(), conf({ ...backup, vips: both }), release('ds1', '2.3.3'), release('ds2', '2.3.4')),
      claims: [{ message: 'differs', data: { effect: 'lenient' }, lines: [SECOND], severity: 'warning' }],
    },
    {
      name: 'the running daemons agree by their logs',
      hosts: pair(conf(), conf({ ...backup, vips: both }), inState('ds1', 'MASTER'), inState('ds2', 'BACKUP')),
      claims: [{ message: 'differs', data: { effect: 'latent' }, lines: [SECOND], severity: 'warning' }],
    },
    {
      name: 'an address that is none: keepalived skips it',
      hosts: pair(conf({ vips: [VIP, '192.168.10.300'] }), conf({ ...backup, vips: both })),
      claims: [{ message: 'differs', data: { onlyB: SECOND }, lines: [SECOND] }],
    },
    {
      name: 'the log of one node is enough',
      hosts: { ds1: { [LOG]: [started('ds1'), ABSENT].join('\n') } },
      claims: [{ message: 'refused', data: { host: 'ds1' }, lines: [ABSENT], severity: 'critical', proof: 'direct' }],
    },
    {
      name: 'the log of a release that goes on with them',
      hosts: {
        ds1: { [LOG]: [started('ds1', '2.3.3'), said('ds1', '(VI_1) expected 1 VIPs but received 2')].join('\n') },
      },
      claims: [
        {
          message: 'refused',
          data: {},
          lines: [said('ds1', '(VI_1) expected 1 VIPs but received 2')],
          severity: 'warning',
        },
      ],
    },
  ],
  pass: [
    healthyPair,
    { name: 'the order does not matter', hosts: pair(conf({ vips: both }), conf({ ...backup, vips: [SECOND, VIP] })) },
    { name: 'nor does the mask', hosts: pair(conf({ vips: [`${VIP}/24`] }), conf(backup)) },
    {
      name: 'excluded addresses are not advertised',
      hosts: pair(conf(), conf({ ...backup, instance: `    virtual_ipaddress_excluded {\n        ${SECOND}\n    }` })),
    },
    { name: 'nodes of different ids never compare', hosts: pair(conf(), conf({ ...backup, vips: both, vrid: 52 })) },
    {
      name: 'two clusters with one VRID in one network are another finding',
      hosts: {
        a1: { [CONF]: conf(), ...addresses('192.168.10.11') },
        a2: { [CONF]: conf(backup), ...addresses('192.168.10.12') },
        b1: { [CONF]: conf({ vips: [SECOND] }), ...addresses('192.168.10.13') },
        b2: { [CONF]: conf({ ...backup, vips: [SECOND] }), ...addresses('192.168.10.14') },
      },
    },
  ],
  notApplicable: [strangers],
  undecided: [
    ...openPairs,
    {
      name: 'a variable that is not defined in what was seen',
      hosts: pair(conf({ vips: [VIP, '$SECOND_VIP'] }), conf({ ...backup, vips: both })),
      reason: 'incomplete',
    },
  ],
})
