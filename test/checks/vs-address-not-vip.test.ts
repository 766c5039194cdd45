import { testCheck } from '../check-tester.ts'
import { conf, dr, ipAddr, routes, VIP, without, withoutVrrp } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const WRONG = conf().replace(`virtual_server ${VIP} 80`, 'virtual_server 192.168.10.101 80')
const LINE = 'virtual_server 192.168.10.101 80 {'

testCheck('vs-address-not-vip', {
  fail: [
    {
      name: 'a typing error in virtual_server',
      hosts: { ds1: { ...dr.ds1, [CONF]: WRONG } },
      claims: [
        {
          message: 'no-such-vip',
          data: { host: 'ds1', ip: '192.168.10.101', vips: VIP },
          lines: [LINE],
          severity: 'critical',
        },
      ],
    },
    {
      name: 'no VRRP, and the address is nowhere',
      hosts: { ds1: { ...dr.ds1, [CONF]: withoutVrrp(WRONG) } },
      claims: [{ message: 'no-such-vip', data: { vips: '' }, lines: [LINE] }],
    },
  ],
  pass: [
    { name: 'the VIP of its instance', hosts: { ds1: dr.ds1 } },
    { name: 'on the node that does not hold it', hosts: { ds2: dr.ds2 } },
    {
      name: 'an excluded VIP',
      hosts: {
        ds1: {
          ...dr.ds1,
          [CONF]: WRONG.replace(
            'virtual_ipaddress {',
            'virtual_ipaddress_excluded {\n 192.168.10.101\n }\n    virtual_ipaddress {',
          ),
        },
      },
    },
    {
      name: 'an address that is on an interface without VRRP',
      hosts: {
        ds1: {
          ...dr.ds1,
          [CONF]: WRONG,
          'ip addr': ipAddr([{ name: 'eth0', addresses: ['192.168.10.11/24', '192.168.10.101/24'] }]),
        },
      },
    },
    {
      name: 'a block of addresses that is routed here',
      hosts: {
        ds1: {
          ...dr.ds1,
          [CONF]: WRONG.replace('virtual_server 192.168.10.101', 'virtual_server 203.0.113.7'),
          'ip route show table all': routes(
            '192.168.10.11',
            '192.168.10.1',
            'eth0',
            'local 203.0.113.0/24 dev lo table local\n',
          ),
        },
      },
    },
  ],
  notApplicable: [
    {
      name: 'a service by firewall mark',
      hosts: { ds1: { ...dr.ds1, [CONF]: conf().replace(`virtual_server ${VIP} 80`, 'virtual_server fwmark 8') } },
      reason: 'no-service',
    },
  ],
  undecided: [
    {
      name: 'the routes were not listed',
      hosts: { ds1: { ...without(dr.ds1, 'ip route show table all'), [CONF]: WRONG } },
      reason: 'may-be-routed',
    },
    {
      name: 'an instance whose VIPs were not understood',
      hosts: { ds1: { ...dr.ds1, [CONF]: WRONG.replace(`        ${VIP}\n`, '') } },
      reason: 'vips-unclear',
    },
  ],
  notChecked: [{ name: 'no addresses', hosts: { ds1: without(dr.ds1, 'ip addr') } }],
})
