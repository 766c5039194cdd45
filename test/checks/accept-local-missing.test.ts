import { testCheck } from '../check-tester.ts'
import { dr, routes, sysctls, tun, VIP, without } from './support/cluster.ts'

const DEFAULT = 'default via 192.168.10.11 dev eth0'
const rs1 = { ...dr.rs1, 'ip route show table all': routes('192.168.10.21', '192.168.10.11') }
const on = { ip_forward: 1, 'conf.all.forwarding': 1, 'conf.eth0.forwarding': 1 }
const ds1 = (values: Readonly<Record<string, number>>) => ({ ...dr.ds1, 'sysctl -a': sysctls(values) })

testCheck('accept-local-missing', {
  fail: [
    {
      name: 'the director has the VIP itself, and believes nobody who uses it',
      hosts: { rs1, ds1: ds1(on) },
      claims: [
        {
          message: 'director-drops-answers',
          data: { host: 'rs1', director: 'ds1', gateway: '192.168.10.11', vip: VIP, local: true },
          lines: [DEFAULT, 'net.ipv4.conf.all.accept_local = 0'],
          hosts: ['rs1', 'ds1'],
          severity: 'critical',
        },
      ],
    },
    {
      name: 'accept_local is set, and the director does not forward',
      hosts: { rs1, ds1: ds1({ 'conf.all.accept_local': 1 }) },
      claims: [
        {
          message: 'director-drops-answers',
          data: { local: false },
          lines: [DEFAULT, 'net.ipv4.conf.eth0.forwarding = 0'],
        },
      ],
    },
  ],
  pass: [
    { name: 'a gateway of its own', hosts: { rs1: dr.rs1, ds1: dr.ds1 } },
    { name: 'the director is prepared for it', hosts: { rs1, ds1: ds1({ ...on, 'conf.eth0.accept_local': 1 }) } },
  ],
  notApplicable: [
    {
      name: 'the DR service is an IPv6 one',
      hosts: {
        rs1: {
          ...rs1,
          'ip addr': (dr.rs1['ip addr'] ?? '').replace(/inet 192\.168\.10\.100\/32/, 'inet 192.168.99.100/32'),
        },
        ds1: {
          ...dr.ds1,
          'cat /etc/keepalived/keepalived.conf': '',
          'ipvsadm -Ln': (dr.ds1['ipvsadm -Ln'] ?? '').replace('TCP  192.168.10.100:80', 'TCP  [2001:db8::1]:80'),
        },
      },
      reason: 'no-dr-vip',
    },
  ],
  undecided: [
    {
      name: 'a routing table of its own, and the rules were not seen',
      hosts: {
        rs1: {
          ...without(rs1, 'ip rule'),
          'ip route show table all': `default via 192.168.10.9 dev eth0 table 100\n${rs1['ip route show table all']}`,
        },
        ds1: ds1(on),
      },
      reason: 'route-unknown',
    },
    {
      name: 'the values of the director were not read',
      hosts: { rs1, ds1: without(dr.ds1, 'sysctl -a') },
      reason: 'director-unseen',
    },
  ],
  notMeant: [{ name: 'TUN', hosts: { rs1: tun.rs1, ds1: tun.ds1 } }],
})
