// Real servers on an inner LAN whose gateway is a floating address of the directors.
import { mac, pair, ROUTER, STRICT } from './parts.mjs'

const vip = '192.168.10.100'
const director = {
  via: '192.168.10.1',
  setup: `${STRICT}\nsysctl -q -w net.ipv4.ip_forward=1 net.ipv4.conf.all.send_redirects=0 net.ipv4.conf.eth1.send_redirects=0`,
}
const server = { via: '10.10.0.1', setup: STRICT }

export const topology = {
  name: 'nat',
  about: 'NAT: real servers on an inner LAN, the gateway is a floating inner VIP',
  mode: 'NAT',
  vip,
  bridges: ['wan', 'lan', 'inner'],
  hosts: {
    client: { cables: [['eth0', 'wan', mac('0a'), '172.16.0.10/24']], via: '172.16.0.1' },
    router: {
      cables: [
        ['eth0', 'wan', mac('01'), '172.16.0.1/24'],
        ['eth1', 'lan', mac('01', 1), '192.168.10.1/24'],
      ],
      setup: ROUTER,
    },
    ds1: {
      cables: [
        ['eth0', 'lan', mac('11'), '192.168.10.11/24'],
        ['eth1', 'inner', mac('11', 1), '10.10.0.11/24'],
      ],
      ...director,
    },
    ds2: {
      cables: [
        ['eth0', 'lan', mac('12'), '192.168.10.12/24'],
        ['eth1', 'inner', mac('12', 1), '10.10.0.12/24'],
      ],
      ...director,
    },
    rs1: { cables: [['eth0', 'inner', mac('21'), '10.10.0.21/24']], ...server },
    rs2: { cables: [['eth0', 'inner', mac('22'), '10.10.0.22/24']], ...server },
  },
  directors: ['ds1', 'ds2'],
  servers: ['rs1', 'rs2'],
  keepalived: pair({
    vips: [vip, '10.10.0.1/24 dev eth1'],
    services: [{ vip, kind: 'NAT', servers: ['10.10.0.21', '10.10.0.22'] }],
  }),
  asks: ['router', 'eth1'],
}
