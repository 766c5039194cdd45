import { testCheck } from '../check-tester.ts'
import { conf, ipAddr, sysctls } from './support/cluster.ts'
import { backup, CONF, inState, peers, said } from './support/pairs.ts'

const A = '192.168.10.11'
const B = '192.168.10.12'
const addresses = (own: string) => ({ 'ip addr': ipAddr([{ name: 'eth0', addresses: [`${own}/24`] }]) })
const copied = { [CONF]: conf(peers(B, A)), ...addresses(A) }
const BIND = said('ds1', `bind unicast_src ${B} failed 99 - Cannot assign requested address`, 14)
const FAULT = said('ds1', '(VI_1): entering FAULT state (src address not configured)', 14)

testCheck('unicast-src-not-local', {
  fail: [
    {
      name: 'the file of ds2, copied to ds1',
      hosts: { ds1: copied, ds2: { [CONF]: conf({ ...backup, ...peers(B, A) }), ...addresses(B) } },
      claims: [
        {
          message: 'not-local',
          data: { host: 'ds1', instance: 'VI_1', ip: B, owner: 'ds2' },
          lines: [`unicast_src_ip ${B}`],
          hosts: ['ds1'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'the log says that it cannot bind: no list of addresses is needed',
      hosts: { ds1: { [CONF]: conf(peers(B, A)), ...inState('ds1', 'FAULT', BIND, FAULT) } },
      claims: [{ message: 'not-local', data: { owner: '' }, lines: [`unicast_src_ip ${B}`, BIND], proof: 'direct' }],
    },
    {
      name: 'ip_nonlocal_bind lets it bind: both nodes become MASTER',
      hosts: { ds1: { ...copied, 'sysctl -a': sysctls({ ip_nonlocal_bind: 1 }) } },
      claims: [
        { message: 'bound-anyway', data: { ip: B }, lines: ['net.ipv4.ip_nonlocal_bind = 1'], severity: 'critical' },
      ],
    },
    {
      name: 'the peer shows the address: one interface of this host is enough',
      hosts: {
        ds1: { [CONF]: conf(peers(B, A)), 'ip -o -4 addr show dev eth0': `2: eth0    inet ${A}/24 scope global eth0` },
        ds2: { [CONF]: conf({ ...backup, ...peers(B, A) }), ...addresses(B) },
      },
      claims: [{ message: 'not-local', data: { owner: 'ds2' }, lines: [`unicast_src_ip ${B}`] }],
    },
  ],
  pass: [
    { name: 'an address of eth0', hosts: { ds1: { [CONF]: conf(peers(A, B)), ...addresses(A) } } },
    {
      name: 'of another interface of the host',
      hosts: {
        ds1: {
          [CONF]: conf(peers('10.9.0.11', '10.9.0.12')),
          'ip addr': ipAddr([
            { name: 'eth0', addresses: [`${A}/24`] },
            { name: 'eth1', addresses: ['10.9.0.11/24'] },
          ]),
        },
      },
    },
  ],
  notApplicable: [
    {
      name: 'multicast from the first address',
      hosts: { ds1: { [CONF]: conf(), ...addresses(A) } },
      reason: 'no-source',
    },
  ],
  undecided: [
    { name: 'the addresses were not seen', hosts: { ds1: { [CONF]: conf(peers(A, B)) } }, reason: 'addresses-unseen' },
    {
      name: 'only one interface was listed',
      hosts: {
        ds1: {
          [CONF]: conf(peers('10.9.0.11', B)),
          'ip addr show eth0': ipAddr([{ name: 'eth0', addresses: [`${A}/24`] }]),
        },
      },
      reason: 'addresses-unseen',
    },
    {
      name: 'an included file was not seen',
      hosts: { ds1: { [CONF]: `include more.conf\n${conf(peers(A, B))}`, ...addresses(A) } },
      reason: 'incomplete',
    },
  ],
})
