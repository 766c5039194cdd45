import { testCheck } from '../check-tester.ts'
import { conf, dr, routes, tun, VIP, without } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const REFUSES = 'unreachable 192.168.20.0/24 dev lo'
const withRoute = (base: Readonly<Record<string, string>>) => ({
  ...base,
  'ip route show table all': routes('192.168.10.11', '192.168.10.1', 'eth0', `${REFUSES}\n`),
})
const ONLY = '192.168.10.0/24 dev eth0 proto kernel scope link src 192.168.10.11'

testCheck('director-no-route-rip', {
  fail: [
    {
      name: 'a route refuses the network of the servers',
      hosts: { ds1: withRoute(tun.ds1) },
      claims: [
        {
          message: 'no-way',
          data: { host: 'ds1', servers: '192.168.20.21, 192.168.20.22', refused: true, latent: false },
          lines: [REFUSES],
          severity: 'critical',
        },
      ],
    },
    {
      name: 'no default route, and no other',
      hosts: { ds1: { ...tun.ds1, 'ip route show table all': ONLY } },
      claims: [{ message: 'no-way', data: { refused: false }, lines: [ONLY] }],
    },
    {
      name: 'the director that waits: latent, a warning',
      hosts: { ds2: withRoute(tun.ds2), ds1: tun.ds1 },
      claims: [{ message: 'no-way', data: { latent: true }, lines: [REFUSES], severity: 'warning' }],
    },
  ],
  pass: [
    { name: 'by the default route', hosts: { ds1: tun.ds1 } },
    { name: 'in its own network', hosts: { ds1: dr.ds1 } },
  ],
  notApplicable: [
    {
      name: 'a service by firewall mark is not followed',
      hosts: {
        ds1: {
          ...without(dr.ds1, 'ipvsadm -Ln'),
          [CONF]: conf().replace(`virtual_server ${VIP} 80`, 'virtual_server fwmark 8'),
        },
      },
      reason: 'no-server',
    },
  ],
  undecided: [
    {
      name: 'a routing table of its own, and the rules were not seen',
      hosts: {
        ds1: {
          ...without(tun.ds1, 'ip rule'),
          'ip route show table all': `default via 192.168.10.9 dev eth0 table 100\n${ONLY}`,
        },
      },
      reason: 'route-unknown',
    },
  ],
})
