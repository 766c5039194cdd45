import { testCheck } from '../check-tester.ts'
import { conf, ipAddr, type Nic, VIP } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const eth0: Nic = { name: 'eth0', mac: '52:54:00:00:00:11', addresses: ['192.168.10.11/24'] }
const eth1: Nic = { name: 'eth1', mac: '52:54:00:00:01:11', addresses: ['192.168.30.11/24'] }
const OTHER = '192.168.30.100'
const ds1 = (text: string, nics: readonly Nic[] = [eth0, eth1]) => ({ ds1: { 'ip addr': ipAddr(nics), [CONF]: text } })

testCheck('garp-wrong-interface', {
  fail: [
    {
      name: 'the VIP of the second line, without dev',
      hosts: ds1(conf({ vips: [VIP, OTHER] })),
      claims: [
        {
          message: 'other-line',
          data: { host: 'ds1', vip: OTHER, instance: 'VI_1', dev: 'eth0', right: 'eth1', net: '192.168.30.11/24' },
          lines: [OTHER, 'inet 192.168.30.11/24 scope global eth1', 'interface eth0'],
          hosts: ['ds1'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'VLANs mixed up',
      hosts: ds1(conf({ vips: [`${VIP}/24 dev eth0.200`], dev: 'eth0.100' }), [
        { name: 'eth0', addresses: [] },
        { ...eth0, name: 'eth0.100' },
        { ...eth1, name: 'eth0.200' },
      ]),
      claims: [
        { message: 'other-line', data: { dev: 'eth0.200', right: 'eth0.100' }, lines: [`${VIP}/24 dev eth0.200`] },
      ],
    },
  ],
  pass: [
    { name: 'one interface', hosts: ds1(conf(), [eth0]) },
    { name: 'with dev', hosts: ds1(conf({ vips: [VIP, `${OTHER} dev eth1`] })) },
    { name: 'a VIP of no network here: the router has a route to it', hosts: ds1(conf({ vips: ['203.0.113.5'] })) },
    {
      name: 'both interfaces are in its network',
      hosts: ds1(conf(), [eth0, { ...eth1, addresses: ['192.168.10.12/24'] }]),
    },
    {
      name: 'the VIP itself, with a mask, is no sign of a network',
      hosts: ds1(conf({ vips: [OTHER] }), [eth0, { ...eth1, addresses: [`${OTHER}/24`] }]),
    },
    {
      name: 'enslaved: another finding',
      hosts: ds1(conf(), [
        { name: 'eth0', addresses: [], master: 'bond0' },
        { name: 'bond0', addresses: ['192.168.10.11/24'] },
      ]),
    },
  ],
  notApplicable: [
    { name: 'a VMAC of its own', hosts: ds1(conf({ instance: '    use_vmac' })), reason: 'no-vip' },
    { name: 'only virtual servers', hosts: ds1(conf().slice(conf().indexOf('virtual_server'))), reason: 'no-vip' },
  ],
  undecided: [
    { name: 'the interface is not there', hosts: ds1(conf({ dev: 'ens33' })), reason: 'not-listed' },
    { name: 'an included file was not seen', hosts: ds1(`include more.conf\n${conf()}`), reason: 'incomplete' },
  ],
})
