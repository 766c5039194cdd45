import { testCheck } from '../check-tester.ts'
import { conf, dr, ipAddr, VIP } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const LOG = 'cat /var/log/messages'
const ds1 = (text: string, more: Record<string, string> = {}) => ({
  ds1: { 'ip addr': dr.ds1['ip addr'] ?? '', [CONF]: text, ...more },
})
const eth9 = conf({ vips: [`${VIP} dev eth9`] })
const SAID = `Nov 20 13:24:13 ds1 Keepalived_vrrp[5]: (/etc/keepalived/keepalived.conf: Line 14) WARNING - interface eth9 for ip address ${VIP} doesn't exist`

testCheck('vip-dev-missing', {
  fail: [
    {
      name: 'dev eth9',
      hosts: ds1(eth9),
      claims: [
        {
          message: 'no-such-device',
          data: { host: 'ds1', vip: VIP, dev: 'eth9', instance: 'VI_1', present: 'eth0' },
          lines: [`${VIP} dev eth9`],
          hosts: ['ds1'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'keepalived says so',
      hosts: ds1(eth9, { [LOG]: SAID }),
      claims: [{ message: 'no-such-device', data: {}, lines: [`${VIP} dev eth9`, SAID], proof: 'direct' }],
    },
    {
      name: 'an address that is not advertised',
      hosts: ds1(
        conf({
          instance: '    virtual_ipaddress_excluded {\n        10.0.0.9/32 dev eth9\n    }',
          vips: [`${VIP} dev eth0`],
        }),
      ),
      claims: [{ message: 'no-such-device', data: { vip: '10.0.0.9' }, lines: ['10.0.0.9/32 dev eth9'] }],
    },
  ],
  pass: [
    { name: 'it is there', hosts: ds1(conf({ vips: [`${VIP}/24 dev eth0 label eth0:1`] })) },
    {
      name: 'missing at start, there now',
      hosts: ds1(conf({ vips: [`${VIP} dev eth0`] }), { [LOG]: SAID.replace('eth9', 'eth0') }),
    },
  ],
  notApplicable: [{ name: 'VIPs without a device', hosts: ds1(conf()), reason: 'no-device' }],
  undecided: [
    {
      name: 'dynamic_interfaces waits for it',
      hosts: ds1(conf({ vips: [`${VIP} dev eth9`], before: 'global_defs {\n    dynamic_interfaces\n}' })),
      reason: 'made-later',
    },
    { name: 'a VMAC', hosts: ds1(conf({ vips: [`${VIP} dev vrrp.51`] })), reason: 'made-later' },
    { name: 'a variable', hosts: ds1(`$NIC = eth0\n${conf({ vips: [`${VIP} dev $NIC`] })}`), reason: 'made-later' },
    {
      name: 'an included file was not seen',
      hosts: ds1(`include more.conf\n${conf({ vips: [`${VIP} dev eth0`] })}`),
      reason: 'incomplete',
    },
  ],
  notChecked: [
    {
      name: 'one interface was asked for',
      hosts: {
        ds1: {
          'ip addr show eth0': ipAddr([{ name: 'eth0', addresses: ['192.168.10.11/24'] }]).replace(
            /^1: lo[\s\S]*?(?=2: )/,
            '',
          ),
          [CONF]: eth9,
        },
      },
    },
  ],
})
