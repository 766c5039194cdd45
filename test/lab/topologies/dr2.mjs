// Two providers: the VIP is of the first line, the real servers' default route leaves by the second, whose router lets
// no foreign source out. A policy rule sends answers of the VIP back by its own line.
import { mac, pair, quietVip, ROUTER, STRICT } from './parts.mjs'

const vip = '192.168.10.100'
const lan = { via: '192.168.10.1', setup: STRICT }
const server = (number) => ({
  cables: [
    ['eth0', 'lan', mac(number), `192.168.10.${number}/24`],
    ['eth1', 'second', mac(number, 1), `192.168.30.${number}/24`],
  ],
  via: '192.168.30.1',
  setup: 'sysctl -q -w net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.eth0.rp_filter=0 net.ipv4.conf.eth1.rp_filter=0',
  last: `${quietVip(vip)}
ip route add default via 192.168.10.1 dev eth0 table 10
ip rule add from ${vip} lookup 10`,
})

export const topology = {
  name: 'dr2',
  about: 'DR with two uplinks: answers of the VIP have to leave by its own line',
  mode: 'DR',
  vip,
  bridges: ['wan', 'lan', 'second'],
  hosts: {
    client: {
      cables: [['eth0', 'wan', mac('0a'), '172.16.0.10/24']],
      via: '172.16.0.1',
      setup: 'ip route add 192.168.30.0/24 via 172.16.0.2',
    },
    router: {
      cables: [
        ['eth0', 'wan', mac('01'), '172.16.0.1/24'],
        ['eth1', 'lan', mac('01', 1), '192.168.10.1/24'],
      ],
      setup: ROUTER,
    },
    router2: {
      cables: [
        ['eth0', 'wan', mac('03'), '172.16.0.2/24'],
        ['eth1', 'second', mac('03', 1), '192.168.30.1/24'],
      ],
      via: '172.16.0.1',
      setup: 'sysctl -q -w net.ipv4.ip_forward=1 net.ipv4.conf.all.rp_filter=1 net.ipv4.conf.eth1.rp_filter=1',
    },
    ds1: { cables: [['eth0', 'lan', mac('11'), '192.168.10.11/24']], ...lan },
    ds2: { cables: [['eth0', 'lan', mac('12'), '192.168.10.12/24']], ...lan },
    rs1: server('21'),
    rs2: server('22'),
  },
  directors: ['ds1', 'ds2'],
  servers: ['rs1', 'rs2'],
  keepalived: pair({ vips: [vip], services: [{ vip, kind: 'DR', servers: ['192.168.10.21', '192.168.10.22'] }] }),
  asks: ['router', 'eth1'],
}
