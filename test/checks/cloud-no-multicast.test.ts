import { testCheck } from '../check-tester.ts'
import { conf, dr, ipAddr, VIP } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const LOG = 'cat /var/log/messages'
const VIRT = 'systemd-detect-virt'
const addresses = (own: string, mac: string) => ipAddr([{ name: 'eth0', mac, addresses: [`${own}/24`, `${VIP}/32`] }])
const lines = (host: string, ...messages: readonly string[]) =>
  [
    `Nov 20 13:29:05 ${host} Keepalived[3]: Starting Keepalived v2.2.7 (01/16,2022)`,
    ...[
      '(VI_1) Entering BACKUP STATE (init)',
      '(VI_1) Receive advertisement timeout',
      '(VI_1) Entering MASTER STATE',
      ...messages,
    ].map((text) => `Nov 20 13:29:09 ${host} Keepalived_vrrp[5]: ${text}`),
  ].join('\n')
const master = (host: string) => `Nov 20 13:29:09 ${host} Keepalived_vrrp[5]: (VI_1) Entering MASTER STATE`
const node = (host: 'ds1' | 'ds2', virt: string, more: Record<string, string> = {}, mac?: string) => ({
  'ip addr': addresses(
    host === 'ds1' ? '192.168.10.11' : '192.168.10.12',
    mac ?? dr[host]['ip addr']?.match(/ether (\S+)/)?.[1] ?? '',
  ),
  [CONF]: dr[host][CONF] ?? '',
  'iptables -S': dr[host]['iptables -S'] ?? '',
  'nft list ruleset': '',
  [LOG]: lines(host),
  [VIRT]: virt,
  ...more,
})
const pair = (virt: string, more: Record<string, string> = {}, mac?: string) => ({
  ds1: node('ds1', virt, more, mac),
  ds2: node('ds2', virt, {}, mac?.replace(/.$/, '2')),
})
const HEARD = '(VI_1) Received advert from 192.168.10.12 with lower priority 90, ours 100, forcing new election'
const unicast = conf({ instance: '    unicast_src_ip 192.168.10.11\n    unicast_peer {\n        192.168.10.12\n    }' })

testCheck('cloud-no-multicast', {
  fail: [
    {
      name: 'two instances of EC2, both MASTER',
      hosts: pair('amazon'),
      claims: [
        {
          message: 'drops',
          data: { instance: 'VI_1', hosts: 'ds1 and ds2', platform: 'Amazon EC2' },
          lines: [master('ds1'), master('ds2'), 'amazon'],
          hosts: ['ds1', 'ds2'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'OpenStack, by the MAC addresses',
      hosts: pair('kvm', {}, 'fa:16:3e:00:00:11'),
      claims: [{ message: 'may-drop', data: { platform: 'OpenStack' }, lines: [master('ds1')], severity: 'warning' }],
    },
  ],
  pass: [
    {
      name: 'one is MASTER, one BACKUP, whatever they run on',
      hosts: pair('uml', { [LOG]: lines('ds1').split('\n').slice(0, 2).join('\n') }),
    },
    {
      name: 'one alone has the VIP',
      hosts: { ds1: dr.ds1, ds2: dr.ds2 },
    },
    { name: 'one hears the other: multicast gets through', hosts: pair('amazon', { [LOG]: lines('ds1', HEARD) }) },
    {
      name: 'one has given way to the other',
      hosts: pair('vmware', {
        [LOG]: lines(
          'ds1',
          '(VI_1) Master received advert from 192.168.10.12 with higher priority 120, ours 100',
          '(VI_1) Entering BACKUP STATE',
        ),
      }),
    },
  ],
  notApplicable: [
    { name: 'unicast', hosts: pair('amazon', { [CONF]: unicast }), reason: 'no-multicast' },
    { name: 'bare metal', hosts: pair('none'), reason: 'bare-metal' },
  ],
  undecided: [
    { name: 'a hypervisor that is none: User Mode Linux', hosts: pair('uml'), reason: 'platform-unseen' },
    {
      name: 'logs and addresses do not tell',
      hosts: {
        ds1: { [CONF]: dr.ds1[CONF] ?? '', [VIRT]: 'amazon' },
        ds2: { [CONF]: dr.ds2[CONF] ?? '', [VIRT]: 'amazon' },
      },
      reason: 'cannot-tell',
    },
    {
      name: 'its own firewall drops it',
      hosts: pair('amazon', { 'iptables -S': '-P INPUT DROP\n-P FORWARD ACCEPT\n-P OUTPUT ACCEPT' }),
      reason: 'filter-open',
    },
    { name: 'the numbers differ', hosts: pair('amazon', { [CONF]: conf({ vrid: 77 }) }), reason: 'vrid-differs' },
  ],
})
