import { testCheck } from '../check-tester.ts'
import { CLIENT, client, dr, ipAddr, ipvs, NO_FIREWALL, nat, routes, tun, VIP, without } from './support/cluster.ts'

const natRouter = (rule: string) => ({
  'ip addr': ipAddr([
    { name: 'eth0', mac: '52:54:00:00:09:01', addresses: ['172.16.0.1/24'] },
    { name: 'eth2', mac: '52:54:00:00:09:02', addresses: ['192.168.20.1/24'] },
  ]),
  'ip route show table all': `172.16.0.0/24 dev eth0 proto kernel scope link src 172.16.0.1
192.168.20.0/24 dev eth2 proto kernel scope link src 192.168.20.1`,
  'ip rule': client['ip rule'],
  'iptables -t nat -S': `-P PREROUTING ACCEPT\n-P INPUT ACCEPT\n-P OUTPUT ACCEPT\n-P POSTROUTING ACCEPT${rule}`,
  'nft list ruleset': '',
  'ps axww': '  PID TTY      STAT   TIME COMMAND\n    1 ?        Ss     0:01 /sbin/init',
})
/** The line of the directors has another router. */
const router10 = {
  'ip addr': ipAddr([{ name: 'eth1', mac: '52:54:00:00:08:01', addresses: ['192.168.10.1/24'] }]),
  'ps axww': '  PID TTY      STAT   TIME COMMAND\n    1 ?        Ss     0:01 /sbin/init',
}
const masquerade = '\n-A POSTROUTING -o eth0 -j MASQUERADE'

/** A VirtualBox guest: its default gateway is the NAT of its own host. */
const guest = {
  ...tun.rs1,
  'ip addr': ipAddr([
    { name: 'tunl0', kind: 'ipip', addresses: [`${VIP}/32`] },
    { name: 'eth0', mac: '52:54:00:c9:c7:04', addresses: ['10.0.2.15/24'] },
    { name: 'eth1', mac: '08:00:27:ab:52:cb', addresses: ['192.168.20.21/24'] },
  ]),
  'ip route show table all': `default via 10.0.2.2 dev eth0 proto dhcp metric 100
10.0.2.0/24 dev eth0 proto kernel scope link src 10.0.2.15 metric 100
192.168.20.0/24 dev eth1 proto kernel scope link src 192.168.20.21 metric 101
local 10.0.2.15 dev eth0 table local proto kernel scope host src 10.0.2.15
local ${VIP} dev tunl0 table local proto kernel scope host src ${VIP}
local 192.168.20.21 dev eth1 table local proto kernel scope host src 192.168.20.21`,
}

/** A LAN that happens to have the numbers of VirtualBox: the gateway is .2, and this real server .15. */
const renumber = (text: string) =>
  text
    .replace(/192\.168\.10\.21\b/g, '10.0.5.15')
    .replace(/192\.168\.10\.1\b/g, '10.0.5.2')
    .replace(/192\.168\.10\./g, '10.0.5.')
const numbered = (outputs: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(outputs).map(([command, text]) => [renumber(command), renumber(text)]))

const LISTENING = 'tcpdump: listening on any, link-type LINUX_SLL2 (Linux cooked v2), snapshot length 262144 bytes'
const SYN_OUT = `12:00:00.000000 eth0  Out IP ${CLIENT}.40000 > ${VIP}.80: Flags [S], seq 7001, win 64240, length 0`
const SYN_IN = `12:00:00.000200 tunl0 In  IP ${CLIENT}.40000 > ${VIP}.80: Flags [S], seq 7001, win 64240, length 0`
const CHANGED = `12:00:00.000900 eth0  In  IP 192.0.2.77.80 > ${CLIENT}.40000: Flags [S.], seq 9, ack 7002, win 65160, length 0`
const KEPT = `12:00:00.000900 eth0  In  IP ${VIP}.80 > ${CLIENT}.40000: Flags [S.], seq 9, ack 7002, win 65160, length 0`
const dump = (...lines: readonly string[]) => ({ 'tcpdump -nn -i any tcp': [LISTENING, ...lines].join('\n') })

testCheck('tun-return-snat', {
  fail: [
    {
      name: 'the default gateway of a VirtualBox guest',
      hosts: { rs1: guest, ds1: tun.ds1, client },
      claims: [
        {
          message: 'hypervisor-nat',
          data: { host: 'rs1', vip: VIP, client: CLIENT, via: '10.0.2.2' },
          lines: ['default via 10.0.2.2 dev eth0 proto dhcp metric 100', 'inet 10.0.2.15/24 scope global eth0'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'a router that masquerades, and that the requests did not pass',
      hosts: { rs1: tun.rs1, ds1: tun.ds1, client, router: natRouter(masquerade), router10 },
      claims: [
        {
          message: 'router-nat',
          data: { via: '192.168.20.1', router: 'router' },
          lines: ['-A POSTROUTING -o eth0 -j MASQUERADE', 'default via 192.168.20.1 dev eth0'],
        },
      ],
    },
    {
      name: 'both ends captured: the answer comes from another address',
      hosts: { rs1: { ...tun.rs1, ...dump(SYN_IN) }, ds1: tun.ds1, client: { ...client, ...dump(SYN_OUT, CHANGED) } },
      claims: [
        { message: 'seen-changed', data: { as: '192.0.2.77' }, lines: [CHANGED, SYN_IN, SYN_OUT], proof: 'direct' },
      ],
    },
  ],
  pass: [
    {
      name: 'an ordinary network with the numbers of VirtualBox: the directors and the VIP are in it too',
      hosts: { rs1: numbered(dr.rs1), ds1: numbered(dr.ds1), client: numbered(client) },
    },
    {
      name: 'requests come by the same gateway, which knows the connection',
      hosts: { rs1: dr.rs1, ds1: dr.ds1, client },
    },
    {
      name: 'the same router behind both lines: its MASQUERADE is for connections that begin here',
      hosts: {
        rs1: tun.rs1,
        ds1: tun.ds1,
        client,
        router: {
          ...natRouter(masquerade),
          'ip addr': ipAddr([
            { name: 'eth0', mac: '52:54:00:00:09:01', addresses: ['172.16.0.1/24'] },
            { name: 'eth1', mac: '52:54:00:00:09:03', addresses: ['192.168.10.1/24'] },
            { name: 'eth2', mac: '52:54:00:00:09:02', addresses: ['192.168.20.1/24'] },
          ]),
        },
      },
    },
    { name: 'a router without rules', hosts: { rs1: tun.rs1, ds1: tun.ds1, client, router: natRouter(''), router10 } },
    {
      name: 'NAT for the private addresses of the real servers only leaves the VIP alone',
      hosts: {
        rs1: tun.rs1,
        ds1: tun.ds1,
        client,
        router: natRouter('\n-A POSTROUTING -s 192.168.20.0/24 -o eth0 -j MASQUERADE'),
        router10,
      },
    },
    {
      name: 'both ends captured: the answer comes from the VIP',
      hosts: { rs1: { ...tun.rs1, ...dump(SYN_IN) }, ds1: tun.ds1, client: { ...client, ...dump(SYN_OUT, KEPT) } },
    },
    {
      name: 'the guest reaches the client without a gateway',
      hosts: {
        rs1: {
          ...guest,
          'ip route show table all': `172.16.0.10 dev eth1 scope link\n${guest['ip route show table all']}`,
        },
        ds1: tun.ds1,
        client,
      },
    },
  ],
  notApplicable: [
    {
      name: 'no gateway at all, whoever asks',
      hosts: {
        rs1: {
          ...tun.rs1,
          'ip route show table all':
            '172.16.0.10 dev eth0 scope link\n192.168.20.0/24 dev eth0 proto kernel scope link src 192.168.20.21',
        },
        ds1: tun.ds1,
      },
      reason: 'no-gateway',
    },
    {
      name: 'a service by firewall mark tells no VIP',
      hosts: {
        rs1: { ...dr.rs1, 'ip addr': ipAddr([{ name: 'eth0', addresses: ['192.168.10.21/24'] }]) },
        ds1: {
          'ipvsadm -Ln': ipvs(['192.168.10.21:80 Route 1'], 'FWM  8 rr'),
        },
      },
      reason: 'no-vip-served',
    },
  ],
  undecided: [
    {
      name: 'the numbers of VirtualBox on a real card are those of a real gateway',
      hosts: {
        rs1: { ...guest, 'ip addr': guest['ip addr'].replace('52:54:00:c9:c7:04', '00:25:90:c9:c7:04') },
        ds1: tun.ds1,
        client,
      },
      reason: 'gateway-unseen',
    },
    {
      name: 'the NAT gateway of a guest, but nobody knows who asks',
      hosts: { rs1: guest, ds1: tun.ds1 },
      reason: 'client-unknown',
    },
    {
      name: 'nothing is known of the gateway',
      hosts: { rs1: tun.rs1, ds1: tun.ds1, client },
      reason: 'gateway-unseen',
    },
    {
      name: 'a router that masquerades, and which way requests come was not seen',
      hosts: {
        rs1: tun.rs1,
        ds1: without(tun.ds1, 'ip route show table all'),
        client,
        router: natRouter(masquerade),
        router10,
      },
      reason: 'gateway-unseen',
    },
    {
      name: 'only main was listed, and no policy rules',
      hosts: {
        rs1: {
          ...without(without(tun.rs1, 'ip rule'), 'ip route show table all'),
          'ip route':
            'default via 192.168.20.1 dev eth0\n192.168.20.0/24 dev eth0 proto kernel scope link src 192.168.20.21',
        },
        ds1: tun.ds1,
        client,
      },
      reason: 'rules-unseen',
    },
  ],
  notMeant: [
    {
      name: 'NAT mode translates on purpose',
      hosts: { rs1: nat.rs1, ds1: { ...nat.ds1, 'iptables -S': NO_FIREWALL }, client },
    },
  ],
  notChecked: [
    {
      name: 'the routes were not listed',
      hosts: {
        rs1: without({ ...dr.rs1, 'ip rule': routes('192.168.10.21') }, 'ip route show table all'),
        ds1: dr.ds1,
      },
    },
  ],
})
