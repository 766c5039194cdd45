import { testCheck } from '../check-tester.ts'
import { client, dr, ipAddr, nat, reversePathCount, sysctls, tun, VIP, without } from './support/cluster.ts'

const DEVS = ['all', 'default', 'eth0', 'vboxnet0', 'lo']
const STRICT = { 'conf.all.rp_filter': 1, 'conf.vboxnet0.rp_filter': 1 }

/** A laptop with a leg in the network of rs1: it asks by eth0, and rs1 answers straight into vboxnet0. */
const laptop = {
  'ip addr': ipAddr([
    { name: 'eth0', mac: '52:54:00:00:00:0a', addresses: ['172.16.0.10/24'] },
    { name: 'vboxnet0', mac: '0a:00:27:00:00:00', addresses: ['192.168.20.1/24'] },
  ]),
  'ip route show table all': `default via 172.16.0.1 dev eth0
172.16.0.0/24 dev eth0 proto kernel scope link src 172.16.0.10
192.168.20.0/24 dev vboxnet0 proto kernel scope link src 192.168.20.1
local 172.16.0.10 dev eth0 table local proto kernel scope host src 172.16.0.10
local 192.168.20.1 dev vboxnet0 table local proto kernel scope host src 192.168.20.1`,
  'ip rule': client['ip rule'],
  'sysctl -a': sysctls(STRICT, DEVS),
  [`curl ${VIP}`]: '^C',
}

/** The real server takes the client for a neighbour, as in a test set-up. */
const near = {
  ...tun.rs1,
  'ip route show table all': `${tun.rs1['ip route show table all']}\n172.16.0.10 dev eth0 scope link`,
}
const lab = { rs1: near, ds1: tun.ds1, rs2: tun.rs2 }

const SYN = '12:00:00.000000 eth0  Out IP 172.16.0.10.40000 > 192.168.10.100.80: Flags [S], seq 1, win 64240, length 0'
const AGAIN =
  '12:00:01.000000 eth0  Out IP 172.16.0.10.40000 > 192.168.10.100.80: Flags [S], seq 1, win 64240, length 0'
const SYN_ACK =
  '12:00:00.001000 vboxnet0 In  IP 192.168.10.100.80 > 172.16.0.10.40000: Flags [S.], seq 9, ack 2, win 65160, length 0'

testCheck('client-rp-filter', {
  fail: [
    {
      name: 'asks by eth0, is answered straight into vboxnet0, which is strict',
      hosts: { laptop, ...lab },
      claims: [
        {
          message: 'answers-by-another-line',
          data: { client: 'laptop', vip: VIP, dev: 'vboxnet0', asksBy: 'eth0', server: '192.168.20.21' },
          lines: ['net.ipv4.conf.all.rp_filter = 1', '172.16.0.10 dev eth0 scope link'],
          hosts: ['laptop', 'rs1'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'its own capture shows the answer coming in, and the request again',
      hosts: {
        laptop: {
          ...laptop,
          'tcpdump -nn -i any tcp port 80': `tcpdump: listening on any, link-type LINUX_SLL2 (Linux cooked v2), snapshot length 262144 bytes\n${SYN}\n${SYN_ACK}\n${AGAIN}`,
        },
        rs1: tun.rs1,
        ds1: tun.ds1,
      },
      claims: [
        { message: 'answers-by-another-line', data: { dev: 'vboxnet0' }, lines: [SYN_ACK, SYN], proof: 'direct' },
      ],
    },
    {
      name: 'the count of drops',
      hosts: { laptop: { ...laptop, 'nstat -az': reversePathCount(4) }, ...lab },
      claims: [
        {
          message: 'answers-by-another-line',
          data: {},
          lines: ['TcpExtIPReversePathFilter       4                  0.0'],
          proof: 'direct',
        },
      ],
    },
  ],
  pass: [
    { name: 'switched off', hosts: { laptop: { ...laptop, 'sysctl -a': sysctls({}, DEVS) }, ...lab } },
    {
      name: 'switched off by hand after the first try',
      hosts: {
        laptop: {
          ...laptop,
          'echo 0 > /proc/sys/net/ipv4/conf/vboxnet0/rp_filter': '',
          'echo 0 > /proc/sys/net/ipv4/conf/all/rp_filter': '',
        },
        ...lab,
      },
    },
    {
      name: 'loose',
      hosts: { laptop: { ...laptop, 'sysctl -a': sysctls({ 'conf.vboxnet0.rp_filter': 2 }, DEVS) }, ...lab },
    },
    { name: 'every real server answers by its gateway', hosts: { laptop, rs1: tun.rs1, rs2: tun.rs2, ds1: tun.ds1 } },
  ],
  notApplicable: [
    {
      name: 'one network: its own rp_filter does no harm',
      hosts: { client: { ...client, 'sysctl -a': sysctls({ 'conf.all.rp_filter': 1 }) }, ds1: dr.ds1, rs1: dr.rs1 },
      reason: 'one-network',
    },
    { name: 'NAT: the director answers', hosts: { laptop, ds1: nat.ds1, rs1: nat.rs1 }, reason: 'all-translated' },
    { name: 'a real server', hosts: { rs1: near, ds1: tun.ds1, laptop }, reason: 'no-client' },
  ],
  undecided: [
    {
      name: 'the routes of rs2 were not seen',
      hosts: { laptop, rs2: without(tun.rs2, 'ip route show table all'), ds1: tun.ds1 },
      reason: 'unseen',
    },
    { name: 'its own values were not seen', hosts: { laptop: without(laptop, 'sysctl -a'), ...lab }, reason: 'unseen' },
    {
      name: 'its own routes were not seen',
      hosts: { laptop: without(laptop, 'ip route show table all'), ...lab },
      reason: 'unseen',
    },
    {
      name: 'nobody is known to ask',
      hosts: { laptop: without(laptop, `curl ${VIP}`), ...lab },
      reason: 'role-unknown',
    },
  ],
})
