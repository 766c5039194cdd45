import { testCheck } from '../check-tester.ts'
import { conf, dr, ipAddr } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const onDs1 = (text: string, more: Record<string, string> = {}) => ({
  ds1: { 'ip addr': dr.ds1['ip addr'] ?? '', [CONF]: text, ...more },
})
const ens33 = conf({ dev: 'ens33' })

const OLD = 'Nov 20 13:24:13 ds1 Keepalived_vrrp[5]: Cant find interface ens33 for vrrp_instance VI_1 !!!'
const NEW = "Nov 20 13:24:13 ds1 Keepalived_vrrp[5]: WARNING - interface ens33 for vrrp_instance VI_1 doesn't exist"

testCheck('vrrp-interface-missing', {
  fail: [
    {
      name: 'the configuration of another machine',
      hosts: onDs1(ens33),
      claims: [
        {
          message: 'no-such-interface',
          data: { host: 'ds1', instance: 'VI_1', interface: 'ens33', present: 'eth0' },
          lines: ['interface ens33'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'keepalived 2.x says so',
      hosts: onDs1(ens33, { 'cat /var/log/messages': NEW }),
      claims: [{ message: 'no-such-interface', data: {}, lines: ['interface ens33', NEW], proof: 'direct' }],
    },
    {
      name: 'keepalived 1.x says so',
      hosts: onDs1(ens33, { 'cat /var/log/messages': OLD }),
      claims: [{ message: 'no-such-interface', data: {}, lines: ['interface ens33', OLD], proof: 'direct' }],
    },
    {
      name: 'a label is no interface',
      hosts: onDs1(conf({ dev: 'eth0:1' })),
      claims: [{ message: 'no-such-interface', data: { interface: 'eth0:1' }, lines: ['interface eth0:1'] }],
    },
  ],
  pass: [
    { name: 'it is there', hosts: onDs1(conf()) },
    {
      name: 'a VLAN interface, listed with its parent behind an @',
      hosts: {
        ds1: {
          'ip addr': ipAddr([{ name: 'bond0.10', addresses: ['192.168.10.11/24'] }]).replace(
            'bond0.10:',
            'bond0.10@bond0:',
          ),
          [CONF]: conf({ dev: 'bond0.10' }),
        },
      },
    },
    {
      name: 'missing at start, there now',
      hosts: onDs1(conf(), { 'cat /var/log/messages': NEW.replace('ens33', 'eth0') }),
    },
  ],
  notApplicable: [
    {
      name: 'only virtual servers',
      hosts: onDs1(conf().slice(conf().indexOf('virtual_server'))),
      reason: 'no-instance',
    },
  ],
  undecided: [
    {
      name: 'dynamic_interfaces waits for it',
      hosts: onDs1(conf({ dev: 'ens33', before: 'global_defs {\n    dynamic_interfaces\n}' })),
      reason: 'made-later',
    },
    { name: 'a VMAC that keepalived makes', hosts: onDs1(conf({ dev: 'vrrp.51' })), reason: 'made-later' },
    {
      name: 'a VMAC with a name of its own',
      hosts: onDs1(`${conf({ dev: 'front' }).replace('VI_1', 'VI_2')}\n${conf({ instance: '    use_vmac front' })}`),
      reason: 'made-later',
    },
    { name: 'a variable', hosts: onDs1(`$NIC = eth0\n${conf({ dev: '$NIC' })}`), reason: 'made-later' },
    { name: 'an included file was not seen', hosts: onDs1(`include more.conf\n${conf()}`), reason: 'incomplete' },
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
          [CONF]: ens33,
        },
      },
    },
  ],
})
