/** One fault at a time in a small DR cluster: the walk ends at the station where the packet does. */
import { describe, expect, it } from 'vitest'
import { readCase } from '../../src/engine/index.ts'
import type { PathTrace } from '../../src/model/trace.ts'
import { traceAdverts } from '../../src/trace/adverts.ts'
import { tracePath } from '../../src/trace/path.ts'
import { endOf, hostText } from './support.ts'

const VIP = '10.0.0.100'
type Outputs = Readonly<Record<string, string>>

const addresses = (ip: string, mac: string, vipOn?: 'eth0' | 'lo'): string =>
  `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
${vipOn === 'lo' ? `    inet ${VIP}/32 scope global lo\n` : ''}2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq state UP
    link/ether 52:54:00:00:00:${mac} brd ff:ff:ff:ff:ff:ff
    inet ${ip}/24 brd 10.0.0.255 scope global eth0
${vipOn === 'eth0' ? `    inet ${VIP}/32 scope global eth0\n` : ''}`

const sysctl = (more: Readonly<Record<string, number>> = {}): string => {
  const values: Record<string, number> = {
    'net.ipv4.conf.all.rp_filter': 1,
    'net.ipv4.conf.eth0.rp_filter': 1,
    'net.ipv4.conf.all.arp_ignore': 0,
    'net.ipv4.conf.eth0.arp_ignore': 0,
    'net.ipv4.conf.all.arp_filter': 0,
    'net.ipv4.conf.eth0.arp_filter': 0,
    'net.ipv4.conf.all.accept_local': 0,
    'net.ipv4.conf.eth0.accept_local': 0,
    'net.ipv4.conf.eth0.forwarding': 0,
    'net.ipv4.ip_forward': 0,
    'net.ipv4.vs.conntrack': 0,
    ...more,
  }
  return Object.entries(values)
    .map(([key, value]) => `${key} = ${value}`)
    .join('\n')
}

const ROUTES = 'default via 10.0.0.1 dev eth0\n10.0.0.0/24 dev eth0 proto kernel scope link'
const RULES = '0:	from all lookup local\n32766:	from all lookup main\n32767:	from all lookup default'
const OPEN = '*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\nCOMMIT'
const closed = (...rules: readonly string[]): string => OPEN.replace('COMMIT', `${rules.join('\n')}\nCOMMIT`)
const table = (forward: string, rip = '10.0.0.21'): string =>
  `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn
TCP  ${VIP}:80 rr
  -> ${rip}:80                 ${forward}   1      0          0`

const instance = (priority: number, more = ''): string =>
  `vrrp_instance VI_1 {\n interface eth0\n virtual_router_id 51\n priority ${priority}\n advert_int 1\n${more} virtual_ipaddress {\n ${VIP}\n }\n}`

const DS1: Outputs = {
  'ip addr': addresses('10.0.0.11', '11', 'eth0'),
  'ip route': ROUTES,
  'ip rule': RULES,
  'sysctl -a': sysctl(),
  'iptables-save': OPEN,
  'ipvsadm -Ln': table('Route'),
  'cat /etc/keepalived/keepalived.conf': instance(100),
}
const DS2: Outputs = {
  ...DS1,
  'ip addr': addresses('10.0.0.12', '12'),
  'cat /etc/keepalived/keepalived.conf': instance(90),
}
const RS1: Outputs = {
  'ip addr': addresses('10.0.0.21', '21', 'lo'),
  'ip route': ROUTES,
  'ip rule': RULES,
  'sysctl -a': sysctl({ 'net.ipv4.conf.all.arp_ignore': 1 }),
  'iptables-save': OPEN,
  'ss -lnt':
    'State  Recv-Q Send-Q Local Address:Port Peer Address:Port\nLISTEN 0      128    0.0.0.0:80         0.0.0.0:*',
}
/** Next to the VIP: what it has learnt is in its table. */
const CLIENT: Outputs = {
  'ip addr': addresses('10.0.0.9', '09'),
  'ip route': ROUTES,
  'ip rule': RULES,
  'sysctl -a': sysctl(),
  'iptables-save': OPEN,
}

function ask(more: { ds1?: Outputs; ds2?: Outputs; rs1?: Outputs; client?: Outputs } = {}): PathTrace {
  const hosts = [
    hostText('ds1', { ...DS1, ...more.ds1 }),
    hostText('ds2', { ...DS2, ...more.ds2 }),
    hostText('rs1', { ...RS1, ...more.rs1 }),
    hostText('client', { ...CLIENT, ...more.client }),
  ]
  return tracePath(readCase(hosts), { client: '10.0.0.9', vip: VIP, port: 80, protocol: 6 })
}

const SAVE = 'iptables-save'

describe('one fault at a time', () => {
  it('none: the answer arrives', () => {
    expect(endOf(ask())).toBe('accept')
  })

  it.each<readonly [string, Parameters<typeof ask>[0], string]>([
    [
      'the client believes ds2 by its table',
      { client: { 'ip neigh': `${VIP} dev eth0 lladdr 52:54:00:00:00:12 REACHABLE` } },
      'client arp-table drop',
    ],
    [
      'its table has a machine nobody knows',
      { client: { 'ip neigh': `${VIP} dev eth0 lladdr 52:54:00:00:00:99 STALE` } },
      'client arp-table drop',
    ],
    [
      'the director refuses the port',
      { ds1: { [SAVE]: closed('-A INPUT -p tcp -j REJECT') } },
      'ds1 filter-input reject',
    ],
    [
      'it refuses what is new and no SYN',
      { ds1: { [SAVE]: closed('-A INPUT -p tcp ! --syn -m state --state NEW -j DROP') } },
      'ds1 filter-input drop',
    ],
    [
      'its own output is refused',
      { ds1: { [SAVE]: closed('-A OUTPUT -p tcp -m tcp --dport 80 -j DROP') } },
      'ds1 filter-output drop',
    ],
    [
      'DNAT takes it before IPVS',
      {
        ds1: {
          [SAVE]: `*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -m tcp --dport 80 -j DNAT --to-destination 10.0.0.99:80\nCOMMIT\n${OPEN}`,
        },
      },
      'ds1 nat drop',
    ],
    [
      'the table is empty',
      { ds1: { 'ipvsadm -Ln': table('Route').split('\n').slice(0, 3).join('\n') } },
      'ds1 ipvs reject',
    ],
    [
      'the only server has weight 0',
      { ds1: { 'ipvsadm -Ln': table('Route').replace('   1      0', '   0      0') } },
      'ds1 ipvs reject',
    ],
    ['the real server lacks the VIP', { rs1: { 'ip addr': addresses('10.0.0.21', '21') } }, 'rs1 address drop'],
    ['it has no route back', { rs1: { 'ip route': 'unreachable 10.0.0.9' } }, 'rs1 rp-filter drop'],
    [
      'its service listens on its own address',
      { rs1: { 'ss -lnt': RS1['ss -lnt']?.replace('0.0.0.0:80 ', '10.0.0.21:80') ?? '' } },
      'rs1 listener reject',
    ],
    ['it refuses the client', { rs1: { [SAVE]: closed('-A INPUT -s 10.0.0.9/32 -j DROP') } }, 'rs1 filter-input drop'],
    [
      'it may not answer',
      { rs1: { [SAVE]: closed('-A OUTPUT -p tcp -m tcp --sport 80 -j DROP') } },
      'rs1 filter-output drop',
    ],
    ['it answers ARP', { rs1: { 'sysctl -a': sysctl() } }, 'rs1 arp drop'],
    ['a tunnel that has no other end', { ds1: { 'ipvsadm -Ln': table('Tunnel') } }, 'rs1 tunnel reject'],
    ['NAT, but the server answers straight', { ds1: { 'ipvsadm -Ln': table('Masq') } }, 'rs1 gateway drop'],
    [
      'the client refuses the answer',
      { client: { [SAVE]: closed('-A INPUT -p tcp -m tcp --sport 80 -j DROP') } },
      'client filter-input drop',
    ],
  ])('%s', (_, more, end) => {
    expect(endOf(ask(more))).toBe(end)
  })

  it('DR to a server behind a router: the router sends it back to the VIP', () => {
    const ipvs = table('Route', '10.9.0.21')
    expect(endOf(ask({ ds1: { 'ipvsadm -Ln': ipvs } }))).toBe('ds1 on-link drop')
  })

  it('of several next hops the first is followed, and said', () => {
    const ways = '10.0.0.9\n\tnexthop via 10.0.0.2 dev eth0 weight 1\n\tnexthop via 10.0.0.3 dev eth0 weight 1'
    const is = ask({ rs1: { 'ip route': `${ways}\n10.0.0.0/24 dev eth0 proto kernel scope link` } })
    expect(is.assumed).toContain('of the next hops of rs1 (10.0.0.2, 10.0.0.3) the first is taken')
    expect(is.assumed).toContain('the router 10.0.0.2 passes it on to 10.0.0.9')
  })

  it('persistence is told where the choice is made', () => {
    const ipvs = table('Route').replace(':80 rr', ':80 rr persistent 300')
    const hop = ask({ ds1: { 'ipvsadm -Ln': ipvs } }).trace.find(({ step }) => step === 'ipvs')
    expect(hop?.text).toContain('a client stays on one server for 300 s')
  })

  it('a service by firewall mark is found by the mark that table mangle sets, and missed without', () => {
    const mangle =
      '*mangle\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -d 10.0.0.100/32 -p tcp -m tcp --dport 80 -j MARK --set-xmark 0x8/0xffffffff\nCOMMIT\n'
    const ipvs = table('Route').replace(`TCP  ${VIP}:80 rr`, 'FWM  8 rr')
    const marked = { 'ipvsadm -Ln': ipvs, [SAVE]: mangle + OPEN }
    expect(endOf(ask({ ds1: marked, ds2: { 'ipvsadm -Ln': ipvs } }))).toBe('accept')
    expect(endOf(ask({ ds1: { 'ipvsadm -Ln': ipvs }, ds2: { 'ipvsadm -Ln': ipvs } }))).toBe('ds1 ipvs reject')
  })
})

describe('adverts', () => {
  const adverts = (ds1: Outputs, ds2: Outputs) =>
    traceAdverts(readCase([hostText('ds1', { ...DS1, ...ds1 }), hostText('ds2', { ...DS2, ...ds2 })]))
  const CONF = 'cat /etc/keepalived/keepalived.conf'

  it('are heard', () => {
    expect(endOf(adverts({}, {}))).toBe('accept')
  })

  it.each<readonly [string, Outputs, Outputs, string]>([
    ['another number', {}, { [CONF]: instance(90).replace('_id 51', '_id 52') }, 'ds1 keepalived drop'],
    ['another interval', {}, { [CONF]: instance(90).replace('advert_int 1', 'advert_int 2') }, 'ds1 keepalived drop'],
    ['another version', {}, { [CONF]: `global_defs {\n vrrp_version 3\n}\n${instance(90)}` }, 'ds1 keepalived drop'],
    [
      'a rule in table raw',
      {},
      { [SAVE]: `*raw\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p vrrp -j DROP\nCOMMIT\n${OPEN}` },
      'ds2 filter-input drop',
    ],
    ['the sender keeps them in', { [SAVE]: closed('-A OUTPUT -p vrrp -j DROP') }, {}, 'ds1 filter-output drop'],
    [
      'to a peer that is not there',
      { [CONF]: instance(100, ' unicast_peer {\n 10.0.0.13\n }\n') },
      { [CONF]: instance(90, ' unicast_peer {\n 10.0.0.11\n }\n') },
      'ds1 peers drop',
    ],
  ])('%s', (_, ds1, ds2, end) => {
    expect(endOf(adverts(ds1, ds2))).toBe(end)
  })

  it('unicast by an ESTABLISHED rule: heard once one was sent', () => {
    const state = closed('-A INPUT -m state --state ESTABLISHED -j ACCEPT', '-A INPUT -j DROP')
    const to = (ip: string, priority: number) => instance(priority, ` unicast_peer {\n ${ip}\n }\n`)
    const is = adverts({ [CONF]: to('10.0.0.12', 100), [SAVE]: state }, { [CONF]: to('10.0.0.11', 90), [SAVE]: state })
    expect(is.verdict).toBe('accept')
    expect(is.assumed).toContain('ds1 has sent an advert to 10.0.0.12 before')
  })
})
