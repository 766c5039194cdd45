import { testCheck } from '../check-tester.ts'
import { client, dr, ipAddr, routes, tun, VIP, without } from './support/cluster.ts'

const rs1 = (line: string, more: Readonly<Record<string, string>> = {}) => ({
  rs1: { ...tun.rs1, 'ip route show table all': `${line}\n${routes('192.168.20.21', '192.168.20.1')}`, ...more },
  ds1: tun.ds1,
})

testCheck('onlink-route-client', {
  fail: [
    {
      name: 'ip route add 192.168.1.6 dev eth0',
      hosts: rs1('192.168.1.6 dev eth0 scope link '),
      claims: [
        {
          message: 'outside-its-networks',
          data: { host: 'rs1', to: '192.168.1.6/32', dev: 'eth0', nets: '192.168.20.21/24' },
          lines: ['192.168.1.6 dev eth0 scope link', 'inet 192.168.20.21/24 scope global eth0'],
          severity: 'warning',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'a machine that is none of the known clients',
      hosts: { ...rs1('10.8.8.8 dev eth0 scope link'), client },
      claims: [
        {
          message: 'outside-its-networks',
          data: { to: '10.8.8.8/32' },
          lines: ['10.8.8.8 dev eth0 scope link'],
          severity: 'note',
        },
      ],
    },
    {
      name: 'without ip addr the connected routes tell the networks',
      hosts: {
        rs1: {
          'ip route':
            '10.0.2.0/24 dev eth0 proto kernel scope link src 10.0.2.15 metric 100 \n192.168.1.6 dev eth1 scope link \n192.168.20.0/24 dev eth1 proto kernel scope link src 192.168.20.21 metric 101 ',
        },
        ds1: tun.ds1,
      },
      claims: [
        {
          message: 'outside-its-networks',
          data: { nets: '192.168.20.0/24' },
          lines: ['192.168.1.6 dev eth1 scope link'],
        },
      ],
    },
    {
      name: 'the whole network of a known client',
      hosts: { ...rs1('172.16.0.0/24 dev eth0 scope link'), client },
      claims: [
        {
          message: 'outside-its-networks',
          data: { to: '172.16.0.0/24' },
          lines: ['172.16.0.0/24 dev eth0 scope link'],
        },
      ],
    },
  ],
  pass: [
    { name: 'clients by the default route', hosts: { rs1: tun.rs1, ds1: tun.ds1 } },
    { name: 'a route to one machine by a gateway', hosts: rs1('192.168.1.6 via 192.168.20.1 dev eth0') },
    { name: 'a machine inside the network of the interface', hosts: rs1('192.168.20.77 dev eth0 scope link') },
    {
      name: 'the gateway itself, as clouds write it',
      hosts: rs1('10.99.0.1 dev eth0 scope link\n172.31.0.0/16 via 10.99.0.1 dev eth0 onlink'),
    },
    { name: 'the metadata service of a cloud', hosts: rs1('169.254.169.254 dev eth0 scope link') },
    { name: 'the VIP on lo is no client', hosts: rs1(`${VIP} dev tunl0 scope link`) },
    { name: 'a director straight on the interface', hosts: rs1('192.168.10.11 dev eth0 scope link') },
    {
      name: 'a container has an interface of its own, without a network',
      hosts: rs1('10.244.1.5 dev cali1 scope link', {
        'ip addr': ipAddr([
          { name: 'tunl0', kind: 'ipip', addresses: [`${VIP}/32`] },
          { name: 'eth0', addresses: ['192.168.20.21/24'] },
          { name: 'cali1', addresses: [] },
        ]),
      }),
    },
    {
      name: 'another network of the same wire, and no client in it',
      hosts: { ...rs1('192.168.77.0/24 dev eth0 scope link'), client },
    },
  ],
  notApplicable: [
    {
      name: 'connected networks only',
      hosts: {
        rs1: {
          ...dr.rs1,
          'ip route show table all': '192.168.10.0/24 dev eth0 proto kernel scope link src 192.168.10.21',
        },
        ds1: dr.ds1,
      },
      reason: 'no-host-routes',
    },
  ],
  undecided: [
    {
      name: 'another network of the same wire, and nobody knows who asks',
      hosts: rs1('192.168.77.0/24 dev eth0 scope link'),
      reason: 'client-unknown',
    },
    {
      name: 'the networks of the interface were not seen',
      hosts: {
        rs1: {
          'ip route':
            'default via 192.168.20.1 dev eth0\n192.168.20.0/24 dev eth0 proto kernel scope link src 192.168.20.21\n192.168.1.6 dev eth7 scope link',
        },
        ds1: tun.ds1,
      },
      reason: 'networks-unseen',
    },
  ],
  notMeant: [
    {
      name: 'a director',
      hosts: {
        ds1: { ...tun.ds1, 'ip route show table all': `192.168.1.6 dev eth0 scope link\n${routes('192.168.10.11')}` },
        rs1: tun.rs1,
      },
    },
  ],
  notChecked: [{ name: 'no routes', hosts: { rs1: without(tun.rs1, 'ip route show table all'), ds1: tun.ds1 } }],
})
