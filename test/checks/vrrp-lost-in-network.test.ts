import { testCheck } from '../check-tester.ts'
import { conf, dr, ipAddr, VIP, without } from './support/cluster.ts'
import { adverts, backup, CAPTURE, CONF, captured, pair, peers, strangers } from './support/pairs.ts'

const A = '192.168.10.11'
const B = '192.168.10.12'
const holding = ipAddr([{ name: 'eth0', mac: '52:54:00:00:00:12', addresses: [`${B}/24`, `${VIP}/32`] }])
const OWN = adverts(B, { way: 'Out', say: 'VRRPv2, Advertisement, vrid 51, prio 90' })
const THEIRS = adverts(A)
const master = { ...dr.ds1 }
/** ds2 is MASTER too, and its capture shows only what it sends itself. */
const alone = { ...dr.ds2, 'ip addr': holding, [CAPTURE]: captured(OWN) }

testCheck('vrrp-lost-in-network', {
  fail: [
    {
      name: 'the switch isolates the ports: rules let the adverts out, ds2 sees none of them',
      hosts: { ds1: master, ds2: alone },
      claims: [
        {
          message: 'lost',
          data: { instance: 'VI_1', from: 'ds1', to: 'ds2', source: A },
          lines: [OWN.split('\n')[0] ?? '', '-P OUTPUT ACCEPT'],
          hosts: ['ds1', 'ds2'],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
    {
      name: 'captures on both nodes, each sees only itself',
      hosts: {
        ds1: { ...without(master, 'iptables -S'), [CAPTURE]: captured(adverts(A, { way: 'Out' })) },
        ds2: alone,
      },
      claims: [
        { message: 'lost', data: { from: 'ds1', to: 'ds2' }, lines: [adverts(A, { way: 'Out' }).split('\n')[0] ?? ''] },
        { message: 'lost', data: { from: 'ds2', to: 'ds1' }, lines: [OWN.split('\n')[0] ?? ''] },
      ],
    },
  ],
  pass: [
    { name: 'one MASTER, one without the VIP', hosts: { ds1: dr.ds1, ds2: dr.ds2 } },
    {
      name: 'the capture on ds2 shows the adverts of ds1: the network is fine, ds2 refuses them',
      hosts: {
        ds1: { ...dr.ds1, [CAPTURE]: captured(adverts(A, { way: 'Out' }), adverts(B)) },
        ds2: { ...alone, [CAPTURE]: captured(OWN, THEIRS) },
      },
    },
    {
      name: 'different ids are another finding',
      hosts: { ds1: master, ds2: { ...alone, [CONF]: conf({ ...backup, vrid: 52 }) } },
    },
    {
      name: 'so is a node that uses unicast',
      hosts: { ds1: { ...master, [CONF]: conf(peers(A, B)) }, ds2: alone },
    },
  ],
  notApplicable: [strangers],
  undecided: [
    {
      name: 'two MASTERs and no capture',
      hosts: { ds1: master, ds2: { ...dr.ds2, 'ip addr': holding } },
      reason: 'no-capture',
    },
    {
      name: 'the capture is too short',
      hosts: { ds1: master, ds2: { ...alone, [CAPTURE]: captured(adverts(B, { way: 'Out', count: 2 })) } },
      reason: 'no-capture',
    },
    {
      name: 'whether ds1 can send is not known',
      hosts: { ds1: without(master, 'iptables -S'), ds2: alone },
      reason: 'not-sent',
    },
    { name: 'who is MASTER was not seen', hosts: pair(conf(), conf(backup)), reason: 'no-capture' },
    { name: 'one node alone', hosts: { ds1: { [CONF]: conf() } }, reason: 'one-node' },
    {
      name: 'an included file was not seen',
      hosts: { ds1: { ...dr.ds1, [CONF]: `include more.conf\n${conf()}` }, ds2: dr.ds2 },
      reason: 'incomplete',
    },
  ],
})
