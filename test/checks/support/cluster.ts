/**
 * Healthy hosts as pasted sessions (command -> output), after the recorded clusters: client 172.16.0.10 behind router
 * 192.168.10.1, VIP 192.168.10.100, ds1 .11 (priority 100), ds2 .12 (priority 90). A test states only what differs:
 * `{ ...dr.rs1, 'sysctl -a': sysctls({ 'conf.all.arp_ignore': 0 }) }`.
 */

export const VIP = '192.168.10.100'
export const CLIENT = '172.16.0.10'

type Outputs = Readonly<Record<string, string>>

export interface Nic {
  readonly name: string
  readonly mac?: string
  /** `192.168.10.11/24`, `192.168.10.100/32 lo:0`, `10.0.0.5/24 secondary`. */
  readonly addresses: readonly string[]
  /** Default: an Ethernet interface that is up. */
  readonly kind?: 'ether' | 'loopback' | 'ipip' | 'dummy'
  readonly down?: boolean
  readonly master?: string
}

const FLAGS = { ether: 'BROADCAST,MULTICAST', loopback: 'LOOPBACK', ipip: 'NOARP', dummy: 'BROADCAST,NOARP' } as const

/** `ip addr` as iproute2 6.1 prints it. */
export function ipAddr(nics: readonly Nic[]): string {
  const lo: Nic = { name: 'lo', kind: 'loopback', addresses: [] }
  const all = nics.some((nic) => nic.name === 'lo') ? nics : [lo, ...nics]
  return all.map((nic, index) => ipAddrOf(nic, index + 1)).join('\n')
}

function ipAddrOf({ name, mac, addresses, kind = 'ether', down, master }: Nic, index: number): string {
  const up = down ? '' : ',UP,LOWER_UP'
  const slave = master ? ',SLAVE' : ''
  const shown = kind === 'ipip' ? `${name}@NONE` : name
  const mtu = kind === 'loopback' ? 65536 : kind === 'ipip' ? 1480 : 1500
  const state = down ? 'DOWN' : kind === 'ether' ? 'UP' : 'UNKNOWN'
  const link = { ether: 'ether', dummy: 'ether', loopback: 'loopback', ipip: 'ipip' }[kind]
  const hardware =
    kind === 'loopback'
      ? '00:00:00:00:00:00 brd 00:00:00:00:00:00'
      : kind === 'ipip'
        ? '0.0.0.0 brd 0.0.0.0'
        : `${mac ?? '52:54:00:00:00:01'} brd ff:ff:ff:ff:ff:ff`
  const own = kind === 'loopback' ? ['127.0.0.1/8', ...addresses] : addresses
  return [
    `${index}: ${shown}: <${FLAGS[kind]}${slave}${up}> mtu ${mtu} qdisc noqueue ${master ? `master ${master} ` : ''}state ${state} group default qlen 1000`,
    `    link/${link} ${hardware}`,
    ...own.flatMap((text) => {
      const [address = '', label] = text.split(' ')
      const scope = address.startsWith('127.') ? 'host' : 'global'
      const tail = label === undefined ? name : label === 'secondary' ? `secondary ${name}` : label
      return [`    inet ${address} scope ${scope} ${tail}`, '       valid_lft forever preferred_lft forever']
    }),
  ].join('\n')
}

const KEYS = [
  'accept_local',
  'arp_announce',
  'arp_filter',
  'arp_ignore',
  'forwarding',
  'log_martians',
  'promote_secondaries',
  'proxy_arp',
  'rp_filter',
  'send_redirects',
] as const

/** `sysctl -a` of the keys that matter, all 0 but `send_redirects`. Overrides: `{ 'conf.all.rp_filter': 1, ip_forward: 1 }`. */
export function sysctls(
  overrides: Readonly<Record<string, number>> = {},
  devs: readonly string[] = ['all', 'default', 'eth0', 'lo'],
): string {
  const values = new Map<string, number>()
  for (const dev of devs)
    for (const key of KEYS) values.set(`net.ipv4.conf.${dev}.${key}`, key === 'send_redirects' ? 1 : 0)
  values.set('net.ipv4.ip_forward', 0)
  for (const [key, value] of Object.entries(overrides))
    values.set(key.startsWith('net.') ? key : `net.ipv4.${key}`, value)
  return [...values].map(([key, value]) => `${key} = ${value}`).join('\n')
}

export interface ConfOptions {
  readonly state?: string
  readonly priority?: number
  readonly vrid?: number
  readonly dev?: string
  readonly vips?: readonly string[]
  readonly auth?: string | null
  /** Lines added to the instance. */
  readonly instance?: string
  readonly kind?: string
  readonly servers?: readonly string[]
  /** Lines added to the virtual_server. */
  readonly virtual?: string
  readonly before?: string
}

/** A keepalived.conf as the lab's. */
export function conf(options: ConfOptions = {}): string {
  const {
    state = 'MASTER',
    priority = 100,
    vrid = 51,
    dev = 'eth0',
    vips = [VIP],
    auth = '1111',
    kind = 'DR',
  } = options
  const servers = options.servers ?? ['192.168.10.21 80', '192.168.10.22 80']
  const authBlock =
    auth === null ? [] : ['    authentication {', '        auth_type PASS', `        auth_pass ${auth}`, '    }']
  return [
    '! Configuration File for keepalived',
    ...(options.before === undefined ? [] : [options.before]),
    'vrrp_instance VI_1 {',
    `    state ${state}`,
    `    interface ${dev}`,
    `    virtual_router_id ${vrid}`,
    `    priority ${priority}`,
    '    advert_int 1',
    ...authBlock,
    ...(options.instance === undefined ? [] : [options.instance]),
    '    virtual_ipaddress {',
    ...vips.map((vip) => `        ${vip}`),
    '    }',
    '}',
    `virtual_server ${(vips[0] ?? VIP).split('/')[0]} 80 {`,
    '    delay_loop 3',
    '    lb_algo rr',
    `    lb_kind ${kind}`,
    '    protocol TCP',
    ...(options.virtual === undefined ? [] : [options.virtual]),
    ...servers.flatMap((server) => [
      `    real_server ${server} {`,
      '        weight 1',
      '        TCP_CHECK {',
      '            connect_timeout 2',
      '        }',
      '    }',
    ]),
    '}',
  ].join('\n')
}

/** `ipvsadm -Ln`. Servers as `192.168.10.21:80 Route 1`. */
export function ipvs(servers: readonly string[], service = `TCP  ${VIP}:80 rr`): string {
  return [
    'IP Virtual Server version 1.2.1 (size=4096)',
    'Prot LocalAddress:Port Scheduler Flags',
    '  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn',
    service,
    ...servers.map((server) => {
      const [address = '', forward = 'Route', weight = '1'] = server.split(' ')
      return `  -> ${address.padEnd(28)} ${forward.padEnd(7)} ${weight.padEnd(6)} 0          0         `
    }),
  ].join('\n')
}

export const PS_KEEPALIVED = `
  PID TTY      STAT   TIME COMMAND
    1 ?        Ss     0:01 /sbin/init
  412 ?        Ss     0:00 keepalived -D
  413 ?        S      0:00 keepalived -D
  414 ?        S      0:00 keepalived -D`

export const PS_HTTPD = `
  PID TTY      STAT   TIME COMMAND
    1 ?        Ss     0:01 /sbin/init
  300 ?        S      0:00 /usr/sbin/httpd -DFOREGROUND`

export const NO_FIREWALL = `
-P INPUT ACCEPT
-P FORWARD ACCEPT
-P OUTPUT ACCEPT`

export const DEFAULT_RULES = `
0:	from all lookup local
32766:	from all lookup main
32767:	from all lookup default`

/** \`ip route show table all\` of a host with one interface. */
export function routes(own: string, gateway = '192.168.10.1', dev = 'eth0', more = ''): string {
  const net = own.replace(/\.\d+$/, '.0/24')
  return `default via ${gateway} dev ${dev}
${net} dev ${dev} proto kernel scope link src ${own}
${more}local 127.0.0.0/8 dev lo table local proto kernel scope host src 127.0.0.1
local ${own} dev ${dev} table local proto kernel scope host src ${own}
broadcast ${net.replace('0/24', '255')} dev ${dev} table local proto kernel scope link src ${own}`
}

const director = (
  own: string,
  mac: string,
  master: boolean,
  pool: readonly string[],
  kind: string,
  forward: string,
): Outputs => ({
  'ip addr': ipAddr([{ name: 'eth0', mac, addresses: [`${own}/24`, ...(master ? [`${VIP}/32`] : [])] }]),
  'ip route show table all': routes(own),
  'ip rule': DEFAULT_RULES,
  'sysctl -a': sysctls(),
  'iptables -S': NO_FIREWALL,
  'nft list ruleset': '',
  'ps axww': PS_KEEPALIVED,
  'cat /etc/keepalived/keepalived.conf': conf({
    state: master ? 'MASTER' : 'BACKUP',
    priority: master ? 100 : 90,
    kind,
    servers: pool.map((ip) => `${ip} 80`),
  }),
  'ipvsadm -Ln': ipvs(pool.map((ip) => `${ip}:80 ${forward} 1`)),
})

const realServer = (
  own: string,
  gateway: string,
  mac: string,
  nics: readonly Nic[],
  values: Readonly<Record<string, number>>,
  devs: readonly string[],
): Outputs => ({
  'ip addr': ipAddr([...nics, { name: 'eth0', mac, addresses: [`${own}/24`] }]),
  'ip route show table all': routes(own, gateway),
  'ip rule': DEFAULT_RULES,
  'sysctl -a': sysctls(values, devs),
  'iptables -S': NO_FIREWALL,
  'nft list ruleset': '',
  'ps axww': PS_HTTPD,
})

const hidden = { 'conf.all.arp_ignore': 1, 'conf.all.arp_announce': 2 }
const onLo: readonly Nic[] = [{ name: 'lo', kind: 'loopback', addresses: [`${VIP}/32 lo:0`] }]
const onTunl0: readonly Nic[] = [{ name: 'tunl0', kind: 'ipip', addresses: [`${VIP}/32`] }]
const ETH = ['all', 'default', 'eth0', 'lo']

/** Direct routing, one LAN 192.168.10.0/24. */
export const dr = {
  ds1: director('192.168.10.11', '52:54:00:00:00:11', true, ['192.168.10.21', '192.168.10.22'], 'DR', 'Route'),
  ds2: director('192.168.10.12', '52:54:00:00:00:12', false, ['192.168.10.21', '192.168.10.22'], 'DR', 'Route'),
  rs1: realServer('192.168.10.21', '192.168.10.1', '52:54:00:00:00:21', onLo, hidden, ETH),
  rs2: realServer('192.168.10.22', '192.168.10.1', '52:54:00:00:00:22', onLo, hidden, ETH),
}

/** IP tunnels, real servers in 192.168.20.0/24 behind the router. */
export const tun = {
  ds1: director('192.168.10.11', '52:54:00:00:00:11', true, ['192.168.20.21', '192.168.20.22'], 'TUN', 'Tunnel'),
  ds2: director('192.168.10.12', '52:54:00:00:00:12', false, ['192.168.20.21', '192.168.20.22'], 'TUN', 'Tunnel'),
  rs1: realServer('192.168.20.21', '192.168.20.1', '52:54:00:00:00:21', onTunl0, hidden, [...ETH, 'tunl0']),
  rs2: realServer('192.168.20.22', '192.168.20.1', '52:54:00:00:00:22', onTunl0, hidden, [...ETH, 'tunl0']),
}

const natDirector = (own: string, inner: string, mac: string, master: boolean): Outputs => ({
  ...director(own, mac, master, ['10.10.0.21', '10.10.0.22'], 'NAT', 'Masq'),
  'ip addr': ipAddr([
    { name: 'eth0', mac, addresses: [`${own}/24`, ...(master ? [`${VIP}/32`] : [])] },
    {
      name: 'eth1',
      mac: mac.replace('00:00:', '00:01:'),
      addresses: [`${inner}/24`, ...(master ? ['10.10.0.1/32'] : [])],
    },
  ]),
  'ip route show table all': routes(
    own,
    '192.168.10.1',
    'eth0',
    `10.10.0.0/24 dev eth1 proto kernel scope link src ${inner}\n`,
  ),
  'sysctl -a': sysctls(
    {
      ip_forward: 1,
      'conf.all.forwarding': 1,
      'conf.default.forwarding': 1,
      'conf.eth0.forwarding': 1,
      'conf.eth1.forwarding': 1,
      'conf.lo.forwarding': 1,
    },
    [...ETH, 'eth1'],
  ),
})

/** Address translation, real servers in 10.10.0.0/24 with the directors' floating 10.10.0.1 as gateway. */
export const nat = {
  ds1: natDirector('192.168.10.11', '10.10.0.11', '52:54:00:00:00:11', true),
  ds2: natDirector('192.168.10.12', '10.10.0.12', '52:54:00:00:00:12', false),
  rs1: realServer('10.10.0.21', '10.10.0.1', '52:54:00:00:00:21', [], {}, ETH),
  rs2: realServer('10.10.0.22', '10.10.0.1', '52:54:00:00:00:22', [], {}, ETH),
}

/** A session without one of its commands. */
export function without(outputs: Outputs, command: string): Outputs {
  return Object.fromEntries(Object.entries(outputs).filter(([typed]) => typed !== command))
}

const both = ['192.168.10.11', '192.168.10.12']
const vs = { 'net.ipv4.vs.backup_only': 0, 'net.ipv4.vs.ignore_tunneled': 0 }

const directorAndServer = (own: string, mac: string, master: boolean): Outputs => ({
  ...director(own, mac, master, both, 'DR', 'Route'),
  'ip addr': ipAddr([...onLo, { name: 'eth0', mac, addresses: [`${own}/24`, ...(master ? [`${VIP}/32`] : [])] }]),
  'sysctl -a': sysctls({ ...hidden, ...vs }),
})

/** Two directors that are the real servers as well, and nothing that keeps them from balancing each other's packets. */
export const two = {
  ds1: directorAndServer('192.168.10.11', '52:54:00:00:00:11', true),
  ds2: directorAndServer('192.168.10.12', '52:54:00:00:00:12', false),
}

/** A client behind the router, which has asked for the VIP. */
export const client = {
  'ip addr': ipAddr([{ name: 'eth0', mac: '52:54:00:00:00:0a', addresses: [`${CLIENT}/24`] }]),
  'ip route show table all': routes(CLIENT, '172.16.0.1'),
  'ip rule': DEFAULT_RULES,
  'sysctl -a': sysctls(),
  [`curl -sS -m 2 http://${VIP}/`]: 'rs2',
} as const

/** Routes of a real server with two lines, 192.168.10.0/24 on eth0 and 192.168.30.0/24 on eth1. `more`: lines of other tables. */
export function twoLineRoutes(defaultRoute: string, more = ''): string {
  return `${defaultRoute}
192.168.10.0/24 dev eth0 proto kernel scope link src 192.168.10.21
192.168.30.0/24 dev eth1 proto kernel scope link src 192.168.30.21
${more}local 127.0.0.0/8 dev lo table local proto kernel scope host src 127.0.0.1
local 192.168.10.21 dev eth0 table local proto kernel scope host src 192.168.10.21
local ${VIP} dev lo table local proto kernel scope host src ${VIP}
local 192.168.30.21 dev eth1 table local proto kernel scope host src 192.168.30.21`
}

/** The VIP's line is eth0, the default route leaves by eth1. */
export const twoLineServer = {
  ...dr.rs1,
  'ip addr': ipAddr([
    ...onLo,
    { name: 'eth0', mac: '52:54:00:00:00:21', addresses: ['192.168.10.21/24'] },
    { name: 'eth1', mac: '52:54:00:00:01:21', addresses: ['192.168.30.21/24'] },
  ]),
  'ip route show table all': twoLineRoutes('default via 192.168.30.1 dev eth1'),
  'sysctl -a': sysctls(hidden, [...ETH, 'eth1']),
}

/** Values of a real server with two lines; all 0 but the hiding of the VIP. */
export function twoLineSysctls(overrides: Readonly<Record<string, number>>): string {
  return sysctls({ ...hidden, ...overrides }, [...ETH, 'eth1'])
}

/** `nstat -az` of the reverse path check alone. */
export const reversePathCount = (count: number): string =>
  `#kernel\nTcpExtIPReversePathFilter       ${count}                  0.0`

/** A keepalived.conf that balances and has no VRRP. */
export function withoutVrrp(text: string): string {
  return text.replace(/vrrp_instance[\s\S]*?\n\}\n/, '')
}
