// Two machines that are directors and real servers at once. Each marks only what does not come from the other machine,
// and balances marked packets: a packet that one of them has balanced is not balanced again.
import { keepalivedConf, mac, ROUTER, STRICT } from './parts.mjs'

const vip = '192.168.10.100'
const servers = ['192.168.10.11', '192.168.10.12']
const node = (number, peer) => ({
  cables: [['eth0', 'lan', mac(number), `192.168.10.${number}/24`]],
  via: '192.168.10.1',
  setup: STRICT,
  last: `sysctl -q -w net.ipv4.conf.all.arp_announce=2
ip addr add ${vip}/32 dev lo label lo:0
sysctl -q -w net.ipv4.conf.eth0.arp_ignore=1
iptables -t mangle -A PREROUTING -d ${vip} -p tcp --dport 80 -m mac ! --mac-source ${mac(peer)} -j MARK --set-mark 8`,
})
const conf = (host, state, priority) =>
  keepalivedConf({ host, state, priority, vips: [vip], services: [{ vip, kind: 'DR', servers }] }).replace(
    `virtual_server ${vip} 80`,
    'virtual_server fwmark 8',
  )

export const topology = {
  name: 'two',
  about: 'Two machines that are directors and real servers, protected by a firewall mark',
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
    ds1: node('11', '12'),
    ds2: node('12', '11'),
  },
  directors: ['ds1', 'ds2'],
  servers: ['ds1', 'ds2'],
  keepalived: { ds1: conf('ds1', 'MASTER', 100), ds2: conf('ds2', 'BACKUP', 90) },
  asks: ['router', 'eth1'],
}
