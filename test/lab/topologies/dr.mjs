// client - router - LAN with two directors and two real servers; answers go straight to the router.
import { mac, pair, quietVip, ROUTER, STRICT } from './parts.mjs'

const vip = '192.168.10.100'
const lan = { via: '192.168.10.1', setup: STRICT }

export const topology = {
  name: 'dr',
  about: 'DR: directors and real servers on one LAN behind a router',
  mode: 'DR',
  vip,
  bridges: ['wan', 'lan'],
  hosts: {
    client: { cables: [['eth0', 'wan', mac('0a'), '172.16.0.10/24']], via: '172.16.0.1' },
    router: {
      cables: [
        ['eth0', 'wan', mac('01'), '172.16.0.1/24'],
        ['eth1', 'lan', mac('01', 1), '192.168.10.1/24'],
      ],
      setup: ROUTER,
    },
    ds1: { cables: [['eth0', 'lan', mac('11'), '192.168.10.11/24']], ...lan },
    ds2: { cables: [['eth0', 'lan', mac('12'), '192.168.10.12/24']], ...lan },
    rs1: { cables: [['eth0', 'lan', mac('21'), '192.168.10.21/24']], ...lan, last: quietVip(vip) },
    rs2: { cables: [['eth0', 'lan', mac('22'), '192.168.10.22/24']], ...lan, last: quietVip(vip) },
  },
  directors: ['ds1', 'ds2'],
  servers: ['rs1', 'rs2'],
  keepalived: pair({ vips: [vip], services: [{ vip, kind: 'DR', servers: ['192.168.10.21', '192.168.10.22'] }] }),
  /** Where the router asks for the VIP by ARP. */
  asks: ['router', 'eth1'],
}
