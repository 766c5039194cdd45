import { testCheck } from '../check-tester.ts'
import { conf, dr, ipAddr, VIP } from './support/cluster.ts'
import { adverts, backup, CAPTURE, CONF, captured, inState, said } from './support/pairs.ts'

const A = '192.168.10.11'
const STRANGER = '192.168.10.66'
const OTHER_VIP = '192.168.10.200'
/** tcpdump -v: the addresses stand behind the advert. */
const verbose = (src: string, priority: number, vips: string, way = 'M  ') =>
  adverts(src, {
    way,
    say: `VRRPv2, Advertisement, vrid 51, prio ${priority}, authtype simple, intvl 1s, length 20, addrs: ${vips}`,
  })
const THEIRS = verbose(STRANGER, 200, OTHER_VIP)
const OURS = verbose(A, 100, VIP)
const TAKER = adverts(STRANGER, { say: 'VRRPv2, Advertisement, vrid 51, prio 200' })
const REFUSED = said('ds1', `(VI_1) ip address associated with VRID 51 not present in MASTER advert: ${VIP}`)
const GIVEN = said('ds1', `(VI_1) Master received advert from ${STRANGER} with higher priority 200, ours 100`, 30)
const first = (text: string) => text.split('\n')[0] ?? ''
const own = (ip: string) => ({ 'ip addr': ipAddr([{ name: 'eth0', addresses: [`${ip}/24`] }]) })
const cluster = (capture: string) => ({ ds1: dr.ds1, ds2: { ...dr.ds2, [CAPTURE]: capture } })

testCheck('vrid-clash', {
  fail: [
    {
      name: 'a stranger with other VIPs in the same network: refused all day',
      hosts: cluster(captured(OURS, THEIRS)),
      claims: [
        {
          message: 'other-vips',
          data: { vrid: 51, instance: 'VI_1', who: STRANGER, ours: 'ds1, ds2', vips: OTHER_VIP },
          lines: [first(THEIRS)],
          hosts: ['ds1', 'ds2'],
          severity: 'warning',
          proof: 'direct',
        },
      ],
    },
    {
      name: 'a stranger with a higher priority than the configured MASTER: both nodes give way',
      hosts: cluster(captured(TAKER)),
      claims: [
        {
          message: 'takes-over',
          data: { who: STRANGER, priority: 200 },
          lines: [first(TAKER)],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
    {
      name: 'the same by the log of ds1',
      hosts: {
        ds1: { ...dr.ds1, ...inState('ds1', 'MASTER', GIVEN, said('ds1', '(VI_1) Entering BACKUP STATE', 30)) },
        ds2: dr.ds2,
      },
      claims: [{ message: 'takes-over', data: { who: STRANGER, priority: 200 }, lines: [GIVEN], severity: 'critical' }],
    },
    {
      name: 'the log refuses what no node sends: the nodes agree with each other',
      hosts: {
        ds1: { ...dr.ds1, ...inState('ds1', 'MASTER', REFUSED) },
        ds2: { ...dr.ds2, ...inState('ds2', 'BACKUP') },
      },
      claims: [{ message: 'refused', data: { who: 'ds1' }, lines: [REFUSED], severity: 'warning', proof: 'direct' }],
    },
    {
      name: 'one node alone, BACKUP of a MASTER that it hears',
      hosts: { ds1: { [CONF]: conf(backup), ...inState('ds1', 'BACKUP', REFUSED) } },
      claims: [{ message: 'refused', data: { who: 'ds1' }, lines: [REFUSED], severity: 'warning' }],
    },
    {
      name: 'two clusters of the case with one id in one network',
      hosts: {
        a1: { [CONF]: conf(), ...own('192.168.10.11') },
        a2: { [CONF]: conf(backup), ...own('192.168.10.12') },
        b1: { [CONF]: conf({ vips: [OTHER_VIP] }), ...own('192.168.10.13') },
        b2: { [CONF]: conf({ ...backup, vips: [OTHER_VIP] }), ...own('192.168.10.14') },
      },
      claims: [
        {
          message: 'two-clusters',
          data: { vrid: 51, who: 'b1, b2', ours: 'a1, a2' },
          lines: ['virtual_router_id 51'],
          severity: 'warning',
          proof: 'inferred',
        },
      ],
    },
  ],
  pass: [
    { name: 'only the MASTER is heard', hosts: cluster(captured(OURS)) },
    {
      name: 'a failover: both nodes are heard, one after the other',
      hosts: cluster(captured(adverts('192.168.10.12', { way: 'Out', count: 1 }), OURS)),
    },
    {
      name: 'another VLAN may use the number too',
      hosts: cluster(captured(OURS, THEIRS.replaceAll('eth0 ', 'eth0.20 ').replaceAll(STRANGER, '10.20.0.66'))),
    },
  ],
  notApplicable: [
    {
      name: 'no VRRP at all',
      hosts: { ds1: { [CONF]: `virtual_server ${VIP} 80 {\n    lb_kind DR\n}` } },
      reason: 'no-vrid',
    },
  ],
  undecided: [
    {
      name: 'the peer of the only node that was given may be this sender',
      hosts: { ds2: { ...dr.ds2, [CAPTURE]: captured(TAKER) } },
      reason: 'maybe-node',
    },
    {
      name: 'a third node that was not given may be the MASTER of two BACKUPs',
      hosts: {
        ds1: { ...dr.ds1, [CONF]: conf({ state: 'BACKUP' }) },
        ds2: { ...dr.ds2, [CAPTURE]: captured(TAKER) },
      },
      reason: 'maybe-node',
    },
    { name: 'nobody has watched', hosts: { ds1: dr.ds1, ds2: dr.ds2 }, reason: 'not-watched' },
    {
      name: 'an included file was not seen',
      hosts: { ...cluster(captured(OURS)), ds1: { ...dr.ds1, [CONF]: `include more.conf\n${conf()}` } },
      reason: 'incomplete',
    },
  ],
})
