// Real servers in another subnet behind the router: the directors wrap requests in IPIP.
import { mac, pair, ROUTER, STRICT } from './parts.mjs'

const vip = '192.168.10.100'
const near = { via: '192.168.10.1', setup: STRICT }
const far = {
  via: '192.168.20.1',
  setup: 'sysctl -q -w net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.eth0.rp_filter=1 net.ipv4.conf.tunl0.rp_filter=0',
  last: `sysctl -q -w net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.all.arp_announce=2
ip link set tunl0 up
ip addr add ${vip}/32 brd ${vip} dev tunl0`,
}

export const topology = {
  name: 'tun',
  about: 'TUN: real servers in another subnet behind the router',
  mode: 'TUN',
  vip,
  tunnels: true,
  bridges: ['wan', 'lan', 'far'],
  hosts: {
    client: { cables: [['eth0', 'wan', mac('0a'), '172.16.0.10/24']], via: '172.16.0.1' },
    router: {
      cables: [
        ['eth0', 'wan', mac('01'), '172.16.0.1/24'],
        ['eth1', 'lan', mac('01', 1), '192.168.10.1/24'],
        ['eth2', 'far', mac('01', 2), '192.168.20.1/24'],
      ],
      setup: ROUTER,
    },
    ds1: { cables: [['eth0', 'lan', mac('11'), '192.168.10.11/24']], ...near },
    ds2: { cables: [['eth0', 'lan', mac('12'), '192.168.10.12/24']], ...near },
    rs1: { cables: [['eth0', 'far', mac('21'), '192.168.20.21/24']], ...far },
    rs2: { cables: [['eth0', 'far', mac('22'), '192.168.20.22/24']], ...far },
  },
  directors: ['ds1', 'ds2'],
  servers: ['rs1', 'rs2'],
  keepalived: pair({ vips: [vip], services: [{ vip, kind: 'TUN', servers: ['192.168.20.21', '192.168.20.22'] }] }),
  asks: ['router', 'eth1'],
}
