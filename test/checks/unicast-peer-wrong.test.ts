import { testCheck } from '../check-tester.ts'
import { conf, ipAddr, routes, VIP } from './support/cluster.ts'
import { backup, CONF, healthyPair, inState, openPairs, pair, peers, said, strangers } from './support/pairs.ts'

const A = '192.168.10.11'
const B = '192.168.10.12'
const addresses = (...own: readonly string[]) => ({
  'ip addr': ipAddr([{ name: 'eth0', addresses: own }]),
  'ip route show table all': routes(own[0]?.split('/')[0] ?? ''),
})
/** keepalived 2.2.7 as master whose peer does not hear it. */
const LOWER = [25, 26, 27].map((second) =>
  said('ds1', `(VI_1) Received advert from ${B} with lower priority 90, ours 100, forcing new election`, second),
)
const withoutSource = (text: string) => text.replace(/ {4}unicast_src_ip .*\n/, '')

testCheck('unicast-peer-wrong', {
  fail: [
    {
      name: 'a slip in the list of the master',
      hosts: pair(conf(peers(A, '192.168.10.13')), conf({ ...backup, ...peers(B, A) })),
      claims: [
        {
          message: 'not-named',
          data: {
            instance: 'VI_1',
            from: 'ds1',
            to: 'ds2',
            address: B,
            listed: '192.168.10.13',
            self: false,
            latent: '',
          },
          lines: ['192.168.10.13', `unicast_src_ip ${B}`],
          hosts: ['ds1', 'ds2'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'the master says that it hears the lower adverts every second: proven',
      hosts: pair(
        conf(peers(A, '192.168.10.13')),
        conf({ ...backup, ...peers(B, A) }),
        inState('ds1', 'MASTER', ...LOWER),
        inState('ds2', 'MASTER'),
      ),
      claims: [{ message: 'not-named', data: {}, lines: [LOWER[2] ?? ''], severity: 'critical', proof: 'direct' }],
    },
    {
      name: 'the backup lists itself: latent, the master never needs to hear it',
      hosts: pair(conf(peers(A, B)), conf({ ...backup, ...peers(B, B) })),
      claims: [{ message: 'not-named', data: { from: 'ds2', to: 'ds1', self: true }, lines: [B], severity: 'warning' }],
    },
    {
      name: 'the running daemons agree by their logs',
      hosts: pair(
        conf(peers(A, '192.168.10.13')),
        conf({ ...backup, ...peers(B, A) }),
        inState('ds1', 'MASTER'),
        inState('ds2', 'BACKUP'),
      ),
      claims: [{ message: 'not-named', data: {}, lines: ['192.168.10.13'], severity: 'warning' }],
    },
    {
      name: 'without unicast_src_ip the first address of the interface counts',
      hosts: pair(
        withoutSource(conf(peers(A, '192.168.10.13'))),
        withoutSource(conf({ ...backup, ...peers(B, A) })),
        addresses(`${A}/24`, `${VIP}/32`),
        addresses(`${B}/24`),
      ),
      claims: [{ message: 'not-named', data: { address: B }, lines: ['192.168.10.13'] }],
    },
    {
      name: 'a node with unicast_src_ip listens at no other of its addresses',
      hosts: pair(
        conf(peers(A, '192.168.10.112')),
        conf({ ...backup, ...peers(B, A) }),
        addresses(`${A}/24`),
        addresses(`${B}/24`, '192.168.10.112/24 secondary'),
      ),
      claims: [{ message: 'not-named', data: { from: 'ds1' }, lines: ['192.168.10.112'] }],
    },
  ],
  pass: [
    { name: 'each names the other', hosts: pair(conf(peers(A, B)), conf({ ...backup, ...peers(B, A) })) },
    { ...healthyPair, name: 'multicast' },
    {
      name: 'any address will do for a node without unicast_src_ip',
      hosts: pair(
        conf(peers(A, '192.168.10.112')),
        withoutSource(conf({ ...backup, ...peers(B, A) })),
        addresses(`${A}/24`),
        addresses(`${B}/24`, '192.168.10.112/24 secondary'),
      ),
    },
    {
      name: 'more peers than were seen',
      hosts: pair(conf(peers(A, B, '192.168.10.13')), conf({ ...backup, ...peers(B, A) })),
    },
  ],
  notApplicable: [strangers],
  undecided: [
    ...openPairs,
    {
      name: 'the source address of the other node was not seen',
      hosts: pair(conf(peers(A, '192.168.10.13')), withoutSource(conf({ ...backup, ...peers(B, A) }))),
      reason: 'address-unknown',
    },
    {
      name: 'both claim the same source: one file is a copy, which is another finding',
      hosts: pair(conf(peers(B, A)), conf({ ...backup, ...peers(B, A) })),
      reason: 'address-unknown',
    },
    {
      name: 'other networks: the address may be translated on the way',
      hosts: pair(
        conf(peers(A, '203.0.113.7')),
        conf({ ...backup, ...peers('10.7.0.12', A) }),
        addresses(`${A}/24`),
        addresses('10.7.0.12/24'),
      ),
      reason: 'maybe-nat',
    },
    { name: 'one node alone, by unicast', hosts: { ds1: { [CONF]: conf(peers(A, B)) } }, reason: 'one-node' },
  ],
})
