// One trunk: management untagged, line A in VLAN 100, line B (with a router of its own) in VLAN 200. A VIP on each line;
// real servers send answers of VIP B by line B.
import { mac, pair, quietVip, ROUTER } from './parts.mjs'

const vip = '192.168.10.100'
const vipB = '192.168.30.100'
const strict =
  'sysctl -q -w net.ipv4.conf.all.rp_filter=1 net.ipv4.conf.eth0.rp_filter=1 net.ipv4.conf.eth0/100.rp_filter=1'
const trunk = (number) => ({
  cables: [['eth0', 'trunk', mac(number), `10.0.0.${number}/24`]],
  vlans: [
    ['eth0', 100, `192.168.10.${number}/24`],
    ['eth0', 200, `192.168.30.${number}/24`],
  ],
  via: '192.168.10.1',
  setup: `${strict}\nsysctl -q -w net.ipv4.conf.all.rp_filter=2`,
})
const server = (number) => ({
  ...trunk(number),
  last: `${quietVip(vip)}
ip addr add ${vipB}/32 dev lo label lo:1
ip route add default via 192.168.30.1 dev eth0.200 table 200
ip rule add from ${vipB} lookup 200`,
})

export const topology = {
  name: 'vlan',
  about: 'DR over VLANs with two lines and a VIP on each',
  mode: 'DR',
  vip,
  vipB,
  bridges: ['wan', 'trunk'],
  hosts: {
    client: {
      cables: [['eth0', 'wan', mac('0a'), '172.16.0.10/24']],
      via: '172.16.0.1',
      setup: 'ip route add 192.168.30.0/24 via 172.16.0.2',
    },
    router: {
      cables: [
        ['eth0', 'wan', mac('01'), '172.16.0.1/24'],
        ['eth1', 'trunk', mac('01', 1)],
      ],
      vlans: [['eth1', 100, '192.168.10.1/24']],
      setup: `${ROUTER}\nsysctl -q -w net.ipv4.conf.all.rp_filter=1`,
    },
    router2: {
      cables: [
        ['eth0', 'wan', mac('03'), '172.16.0.2/24'],
        ['eth1', 'trunk', mac('03', 1)],
      ],
      vlans: [['eth1', 200, '192.168.30.1/24']],
      setup: `${ROUTER}\nsysctl -q -w net.ipv4.conf.all.rp_filter=1`,
    },
    ds1: trunk('11'),
    ds2: trunk('12'),
    rs1: server('21'),
    rs2: server('22'),
  },
  directors: ['ds1', 'ds2'],
  servers: ['rs1', 'rs2'],
  keepalived: pair({
    instances: [
      { name: 'VI_A', dev: 'eth0.100', vrid: 51, vips: [vip] },
      { name: 'VI_B', dev: 'eth0.200', vrid: 52, vips: [vipB] },
    ],
    services: [
      { vip, kind: 'DR', servers: ['192.168.10.21', '192.168.10.22'] },
      { vip: vipB, kind: 'DR', servers: ['192.168.30.21', '192.168.30.22'] },
    ],
  }),
  asks: ['router', 'eth1.100'],
}
