import { testCheck } from '../check-tester.ts'
import { conf, dr, ipvs, nat, routes, tun, without } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const far = (base: Readonly<Record<string, string>>) => ({
  ...base,
  [CONF]: conf({ servers: ['192.168.20.21 80', '192.168.20.22 80'] }),
  'ipvsadm -Ln': ipvs(['192.168.20.21:80 Route 1', '192.168.20.22:80 Route 1']),
})
const DEFAULT = 'default via 192.168.10.1 dev eth0'

testCheck('dip-rip-not-onlink', {
  fail: [
    {
      name: 'lb_kind DR for servers behind a router',
      hosts: { ds1: far(dr.ds1) },
      claims: [
        {
          message: 'behind-a-router',
          data: { host: 'ds1', servers: '192.168.20.21, 192.168.20.22', via: '192.168.10.1', latent: false },
          lines: [DEFAULT],
          severity: 'critical',
        },
      ],
    },
    {
      name: 'the director that waits: latent, a warning',
      hosts: { ds2: far(dr.ds2), ds1: far(dr.ds1) },
      claims: [{ message: 'behind-a-router', data: { latent: true }, lines: [DEFAULT], severity: 'warning' }],
    },
  ],
  pass: [
    { name: 'in the same network', hosts: { ds1: dr.ds1 } },
    {
      name: 'another network on the same cable',
      hosts: {
        ds1: {
          ...far(dr.ds1),
          'ip route show table all': routes(
            '192.168.10.11',
            '192.168.10.1',
            'eth0',
            '192.168.20.0/24 dev eth0 scope link\n',
          ),
        },
      },
    },
  ],
  notApplicable: [
    {
      name: 'only the service of an IPv6 server is DR',
      hosts: {
        ds1: { ...dr.ds1, [CONF]: '', 'ipvsadm -Ln': ipvs(['[2001:db8::21]:80 Route 1'], 'TCP  [2001:db8::1]:80 rr') },
      },
      reason: 'no-dr-server',
    },
  ],
  undecided: [
    {
      name: 'a routing table of its own, and the rules were not seen',
      hosts: {
        ds1: {
          ...without(far(dr.ds1), 'ip rule'),
          'ip route show table all': `default via 192.168.10.9 dev eth0 table 100\n${routes('192.168.10.11')}`,
        },
      },
      reason: 'route-unknown',
    },
  ],
  notMeant: [
    { name: 'TUN may cross routers', hosts: { ds1: tun.ds1 } },
    { name: 'NAT too', hosts: { ds1: nat.ds1 } },
  ],
})
