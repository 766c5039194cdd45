import { testCheck } from '../check-tester.ts'
import { conf, dr, ipAddr, nat, routes, VIP, without } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const ONLY = ipAddr([{ name: 'eth0', mac: '52:54:00:00:00:11', addresses: ['10.9.0.11/24', `${VIP}/24`] }])
const ROUTES = `default via 10.9.0.1 dev eth0
10.9.0.0/24 dev eth0 proto kernel scope link src 10.9.0.11
192.168.10.0/24 dev eth0 proto kernel scope link src ${VIP}
local ${VIP} dev eth0 table local proto kernel scope host src ${VIP}`
const ROUTE = `192.168.10.0/24 dev eth0 proto kernel scope link src ${VIP}`
const TIMEOUT = 'Nov 20 17:07:00 ds1 Keepalived_healthcheckers[34]: TCP connection to [192.168.10.21]:tcp:80 timeout.'

testCheck('vip-is-primary', {
  fail: [
    {
      name: "the VIP is the only address in the real servers' network",
      hosts: { ds1: { ...dr.ds1, 'ip addr': ONLY, 'ip route show table all': ROUTES } },
      claims: [
        {
          message: 'vip-is-source',
          data: { host: 'ds1', vip: VIP, servers: '192.168.10.21, 192.168.10.22', own: true },
          lines: [ROUTE, `inet ${VIP}/24 scope global eth0`],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'the log says that checks time out: direct proof',
      hosts: {
        ds1: {
          ...dr.ds1,
          'ip addr': ONLY,
          'ip route show table all': ROUTES,
          'grep -i keepalived /var/log/messages': TIMEOUT,
        },
      },
      claims: [{ message: 'vip-is-source', data: { host: 'ds1' }, lines: [ROUTE, TIMEOUT], proof: 'direct' }],
    },
    {
      name: 'NAT servers do not have the VIP: a warning',
      hosts: {
        ds1: {
          ...nat.ds1,
          'ip addr': ipAddr([{ name: 'eth1', addresses: ['10.10.0.1/24'] }]),
          'ip route show table all': '10.10.0.0/24 dev eth1 proto kernel scope link src 10.10.0.1',
          [CONF]: conf({ vips: [VIP, '10.10.0.1/24 dev eth1'], kind: 'NAT', servers: ['10.10.0.21 80'] }),
          'ipvsadm -Ln': (nat.ds1['ipvsadm -Ln'] ?? '').replace(/.*10\.10\.0\.22.*/, ''),
        },
      },
      claims: [
        {
          message: 'vip-is-source',
          data: { vip: '10.10.0.1', own: false },
          lines: ['10.10.0.0/24 dev eth1 proto kernel scope link src 10.10.0.1'],
          severity: 'warning',
        },
      ],
    },
  ],
  pass: [
    { name: 'an address of its own comes first', hosts: { ds1: dr.ds1 } },
    {
      name: 'the VIP as a secondary /24',
      hosts: {
        ds1: {
          ...dr.ds1,
          'ip addr': ipAddr([{ name: 'eth0', addresses: ['192.168.10.11/24', `${VIP}/24 secondary`] }]),
          'ip route show table all': routes('192.168.10.11'),
        },
      },
    },
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
    { name: 'no configuration names the VIPs', hosts: { ds1: without(dr.ds1, CONF) }, reason: 'vips-unseen' },
    {
      name: 'the servers are behind a router, and no routes were listed',
      hosts: {
        ds1: {
          ...without(without(dr.ds1, 'ip route show table all'), 'ipvsadm -Ln'),
          [CONF]: conf({ kind: 'TUN', servers: ['192.168.20.21 80'] }),
        },
      },
      reason: 'source-unknown',
    },
  ],
})
