import { testCheck } from '../check-tester.ts'
import { conf, dr, ipAddr, ipvs, nat, sysctls, tun, VIP, without } from './support/cluster.ts'

const rs1 = (more: Readonly<Record<string, string>>) => ({ rs1: { ...dr.rs1, ...more }, ds1: dr.ds1, ds2: dr.ds2 })
const RIP_LINE = 'inet 192.168.10.21/24 scope global eth0'
/** One-arm NAT: VIP, directors and real servers in one subnet. */
const oneArm = (conns: string) => ({
  rs1: { ...nat.rs1, 'ip addr': ipAddr([{ name: 'eth0', addresses: ['192.168.10.21/24'] }]) },
  ds1: {
    ...nat.ds1,
    'cat /etc/keepalived/keepalived.conf': conf({ kind: 'NAT', servers: ['192.168.10.21 80'] }),
    'ipvsadm -Ln': ipvs(['192.168.10.21:80 Masq 1']),
    'ipvsadm -Lnc': `IPVS connection entries\npro expire state       source             virtual            destination\n${conns}`,
  },
})

testCheck('vip-rip-same-subnet', {
  fail: [
    {
      name: 'the ARP sysctls are not in force',
      hosts: rs1({ 'sysctl -a': sysctls() }),
      claims: [
        {
          message: 'harmful-here',
          data: { host: 'rs1', vip: VIP, dev: 'eth0' },
          lines: [RIP_LINE, 'net.ipv4.conf.all.arp_ignore = 0', 'net.ipv4.conf.all.arp_announce = 0'],
          severity: 'note',
          hosts: ['rs1'],
        },
      ],
    },
    {
      name: 'the VIP on lo has the mask of the subnet',
      hosts: rs1({
        'ip addr': ipAddr([
          { name: 'lo', kind: 'loopback', addresses: [`${VIP}/24 lo:0`] },
          { name: 'eth0', addresses: ['192.168.10.21/24'] },
        ]),
      }),
      claims: [
        {
          message: 'harmful-here',
          data: { harms: 'the VIP is a /24 on lo, which draws the whole subnet there' },
          lines: [RIP_LINE, `inet ${VIP}/24 scope global lo:0`],
          severity: 'note',
        },
      ],
    },
    {
      name: 'the VIP came before the address of the director and is the primary one',
      hosts: {
        rs1: dr.rs1,
        ds1: {
          ...dr.ds1,
          'ip addr': ipAddr([{ name: 'eth0', addresses: [`${VIP}/24`, '192.168.10.11/24 secondary'] }]),
        },
      },
      claims: [{ message: 'harmful-here', data: {}, lines: [RIP_LINE, `inet ${VIP}/24 scope global eth0`] }],
    },
    {
      name: 'NAT with a client in the subnet',
      hosts: oneArm('TCP 14:57  SYN_RECV    192.168.10.77:40112 192.168.10.100:80  192.168.10.21:80'),
      claims: [
        {
          message: 'harmful-here',
          data: { host: 'rs1' },
          lines: [RIP_LINE, 'TCP 14:57  SYN_RECV    192.168.10.77:40112 192.168.10.100:80  192.168.10.21:80'],
        },
      ],
    },
  ],
  pass: [
    { name: 'the normal set-up of DR', hosts: rs1({}) },
    {
      name: 'the VIP is a secondary address of the director',
      hosts: {
        rs1: dr.rs1,
        ds1: {
          ...dr.ds1,
          'ip addr': ipAddr([{ name: 'eth0', addresses: ['192.168.10.11/24', `${VIP}/24 secondary`] }]),
        },
      },
    },
  ],
  notApplicable: [
    { name: 'NAT with real servers in another subnet', hosts: { rs1: nat.rs1, ds1: nat.ds1 }, reason: 'other-subnet' },
    {
      name: 'a MASTER that is a real server too answers for the VIP, as it should',
      hosts: { ds1: { ...dr.ds1, 'ipvsadm -Ln': ipvs(['192.168.10.11:80 Route 1']) } },
      reason: 'other-subnet',
    },
  ],
  undecided: [
    { name: 'the sysctls were not seen', hosts: { ...rs1({}), rs1: without(dr.rs1, 'sysctl -a') }, reason: 'not-seen' },
    {
      name: 'the addresses of a director were not seen',
      hosts: { rs1: dr.rs1, ds1: without(dr.ds1, 'ip addr') },
      reason: 'not-seen',
    },
    {
      name: 'NAT: the clients that are known come from elsewhere',
      hosts: oneArm('TCP 14:57  ESTABLISHED 172.16.0.10:40112  192.168.10.100:80  192.168.10.21:80'),
      reason: 'not-seen',
    },
  ],
  notMeant: [{ name: 'TUN', hosts: { rs1: tun.rs1, ds1: tun.ds1 } }],
})
