import { testCheck } from '../check-tester.ts'
import { conf } from './support/cluster.ts'
import { CONF, LOG, said, started } from './support/pairs.ts'

const second = (lines: string, vip = '192.168.10.101') => `
vrrp_instance VI_2 {
    state BACKUP
${lines}
    priority 90
    virtual_ipaddress {
        ${vip}
    }
}`
const SAME = '    interface eth0\n    virtual_router_id 51'
const REFUSED = said('ds1', 'VI_1 and VI_2 both use VRID 51 with IPv4 on interface eth0', 14)
const unicast = (peer: string) => `    unicast_src_ip 192.168.10.11\n    unicast_peer {\n        ${peer}\n    }`
const node = (text: string) => ({ ds1: { [CONF]: text } })

testCheck('vrid-dup-local', {
  fail: [
    {
      name: 'VI_2 is a copy of VI_1 with another VIP',
      hosts: node(conf() + second(SAME)),
      claims: [
        {
          message: 'used-twice',
          data: { host: 'ds1', first: 'VI_1', second: 'VI_2', vrid: 51, dev: 'eth0' },
          lines: ['virtual_router_id 51'],
          hosts: ['ds1'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'keepalived says so and ends',
      hosts: { ds1: { [CONF]: conf() + second(SAME), [LOG]: [started('ds1'), REFUSED].join('\n') } },
      claims: [{ message: 'used-twice', data: {}, lines: [REFUSED], proof: 'direct' }],
    },
    {
      name: 'unicast with a peer in common',
      hosts: node(conf({ instance: unicast('192.168.10.12') }) + second(`${SAME}\n${unicast('192.168.10.12')}`)),
      claims: [{ message: 'used-twice', data: {}, lines: ['virtual_router_id 51'] }],
    },
  ],
  pass: [
    { name: 'one instance', hosts: node(conf()) },
    { name: 'two ids', hosts: node(conf() + second('    interface eth0\n    virtual_router_id 52')) },
    { name: 'another interface', hosts: node(conf() + second('    interface eth1\n    virtual_router_id 51')) },
    { name: 'another family', hosts: node(conf() + second(SAME, 'fe80::101')) },
    { name: 'another multicast group', hosts: node(conf() + second(`${SAME}\n    mcast_dst_ip 224.0.0.19`)) },
    { name: 'unicast beside multicast', hosts: node(conf() + second(`${SAME}\n${unicast('192.168.10.12')}`)) },
    {
      name: 'unicast with disjoint peers',
      hosts: node(conf({ instance: unicast('192.168.10.12') }) + second(`${SAME}\n${unicast('192.168.10.13')}`)),
    },
  ],
  notApplicable: [
    {
      name: 'no VRRP at all',
      hosts: node('virtual_server 192.168.10.100 80 {\n    lb_kind DR\n}'),
      reason: 'no-instance',
    },
  ],
  undecided: [
    { name: 'an included file was not seen', hosts: node(`include more.conf\n${conf()}`), reason: 'incomplete' },
  ],
})
