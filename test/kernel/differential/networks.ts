/** Routing set-ups: addresses, tables, rules, sysctls and marks, as fast-check makes and shrinks them. */
import * as fc from 'fast-check'

export interface Network {
  readonly addresses: readonly string[]
  /** As `ip route` takes them. */
  readonly routes: readonly string[]
  /** As `ip rule` takes them, without the priority. */
  readonly rules: readonly string[]
  /** Only what is not 0: `v0.rp_filter=1`. */
  readonly conf: readonly string[]
  /** Rules of table mangle. */
  readonly marks: readonly string[]
}

export const LOCAL = ['10.0.0.2', '10.0.0.3', '10.0.1.2', '10.9.9.9', '10.77.0.1']
/** Every address a packet may be for, or a gateway: all are neighbours on every cable. */
export const GATEWAYS = ['10.0.0.1', '10.0.0.7', '10.0.1.1', '10.0.2.1']
export const FAR = [
  '10.5.1.1',
  '10.5.200.1',
  '10.6.0.1',
  '10.7.7.7',
  '192.0.2.1',
  '198.51.100.9',
  '10.0.1.9',
  '10.0.0.9',
]

const ADDRESSES = [
  '10.0.0.3/24 dev v0',
  '10.0.2.2/24 dev v2',
  '10.77.0.1/24 dev lo',
  '10.0.1.9/32 dev v2',
  '10.0.0.2/24 dev v2',
]

const to = fc.constantFrom(
  'default',
  'default',
  '10.5.0.0/16',
  '10.5.200.0/24',
  '10.6.0.0/15',
  '10.7.7.7',
  '192.0.2.0/24',
  '198.51.100.0/24',
  '0.0.0.0/1',
  '10.0.0.7',
  '10.0.0.9',
  '10.0.1.0/25',
  '10.77.0.0/24',
)
const table = fc.constantFrom('main', 'main', 'main', '100', '200')
const hop = fc.constantFrom(
  'via 10.0.0.1 dev v0',
  'via 10.0.0.7 dev v0',
  'via 10.0.1.1 dev v1',
  'dev v0',
  'dev v1',
  'dev v2',
  'via 10.0.2.1 dev v2 onlink',
)
const metric = fc.constantFrom('', '', ' metric 5', ' metric 10', ' metric 20')
const source = fc.constantFrom('', '', '', ...LOCAL.map((ip) => ` src ${ip}`))

const several = 'nexthop via 10.0.0.1 dev v0 nexthop via 10.0.1.1 dev v1'
const route = fc.oneof(
  {
    weight: 7,
    arbitrary: fc
      .tuple(to, hop, table, metric, source)
      .map(([to, hop, table, metric, source]) => `add ${to} ${hop} table ${table}${metric}${source}`),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(to, hop, table).map(([to, hop, table]) => `append ${to} ${hop} table ${table}`),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('unreachable', 'blackhole', 'prohibit', 'throw'), to, table, metric)
      .map(([kind, to, table, metric]) => `add ${kind} ${to} table ${table}${metric}`),
  },
  { weight: 1, arbitrary: fc.constant('add local 10.88.0.0/24 dev lo table local') },
  { weight: 1, arbitrary: fc.tuple(to, table).map(([to, table]) => `add ${to} table ${table} ${several}`) },
)

const selector = fc.constantFrom(
  'from 10.9.9.9',
  'from 10.0.0.0/24',
  'from 192.0.2.0/24',
  'to 10.5.0.0/16',
  'to 192.0.2.0/24',
  'not from 10.0.0.0/8',
  'fwmark 1',
  'fwmark 0x2/0x6',
  'iif lo',
  'iif v0',
  'iif v1',
  'oif v1',
  'from all',
  'from 10.9.9.9 iif v1',
  'to 10.5.0.0/16 fwmark 1',
)
const action = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('lookup 100', 'lookup 200', 'lookup main', 'lookup 300') },
  {
    weight: 2,
    arbitrary: fc.constantFrom('lookup main suppress_prefixlength 0', 'lookup main suppress_prefixlength 16'),
  },
  { weight: 1, arbitrary: fc.constantFrom('unreachable', 'blackhole', 'prohibit', 'goto 32766') },
)

const conf = fc
  .record({
    dev: fc.constantFrom('all', 'v0', 'v1', 'v2'),
    key: fc.constantFrom(
      'rp_filter=1',
      'rp_filter=1',
      'rp_filter=2',
      'rp_filter=2',
      'accept_local=1',
      'src_valid_mark=1',
      'forwarding=0',
    ),
  })
  // `all` forwards by writing to every interface: the interfaces are set one by one.
  .map(({ dev, key }) => (dev === 'all' && key === 'forwarding=0' ? 'v0.forwarding=0' : `${dev}.${key}`))

const mark = fc
  .tuple(
    fc.constantFrom('PREROUTING', 'PREROUTING', 'OUTPUT'),
    fc.constantFrom('', ' -s 10.0.0.0/24', ' -d 10.5.0.0/16', ' -s 192.0.2.1', ' -d 10.9.9.9'),
    fc.constantFrom('0x1/0xffffffff', '0x2/0xffffffff', '0x4/0x4'),
  )
  .map(([chain, condition, value]) => `-A ${chain}${condition} -j MARK --set-xmark ${value}`)

export const networks: fc.Arbitrary<Network> = fc.record({
  addresses: fc.uniqueArray(fc.constantFrom(...ADDRESSES), { maxLength: 4 }),
  routes: fc.array(route, { maxLength: 16, size: 'max' }),
  rules: fc.array(
    fc.tuple(selector, action).map(([selector, action]) => `${selector} ${action}`),
    { maxLength: 6, size: 'max' },
  ),
  conf: fc.array(conf, { maxLength: 6, size: 'max' }),
  marks: fc.oneof(fc.constant([]), fc.array(mark, { maxLength: 3, size: 'max' })),
})

const DEVICES = ['v0', 'v1', 'v2']

/** From whatever was there before to this set-up, as `ip -force -batch` reads it: what does not fit is passed over. */
const CLEAN = [
  'rule flush',
  'rule add pref 32766 lookup main',
  'rule add pref 32767 lookup default',
  'route del local 10.88.0.0/24 dev lo table local',
]

/** Has rules of its own or a local route. */
export function isCustom({ rules, routes }: Network): boolean {
  return rules.length > 0 || routes.some((route) => route.startsWith('add local'))
}

export function batch(network: Network): string {
  const { addresses, routes, rules } = network
  const octets = (ip: string): string =>
    ip
      .split('.')
      .slice(2)
      .map((octet) => Number(octet).toString(16).padStart(2, '0'))
      .join(':')
  const lines = [
    ...DEVICES.map((dev) => `addr flush dev ${dev}`),
    ...['10.9.9.9/32', '10.77.0.1/24'].map((ip) => `addr del ${ip} dev lo`),
    ...['main', '100', '200'].map((table) => `route flush table ${table}`),
    ...(isCustom(network) ? CLEAN : []),
    'addr add 10.0.0.2/24 brd + dev v0',
    'addr add 10.0.1.2/24 brd + dev v1',
    'addr add 10.9.9.9/32 dev lo',
    ...addresses.map((address) => `addr add ${address}`),
    ...[...GATEWAYS, ...FAR, ...LOCAL, '10.77.0.5', '10.88.0.5'].flatMap((ip) =>
      DEVICES.map((dev) => `neigh replace ${ip} lladdr 02:00:00:00:${octets(ip)} dev ${dev}`),
    ),
    ...routes.map((route) => `route ${route}`),
    ...rules.map((rule, at) => `rule add pref ${100 + at * 10} ${rule}`),
  ]
  return `${lines.join('\n')}\n`
}

/** Every value that counts, as `sysctl -w` takes it. */
export function values({ conf }: Network): readonly string[] {
  const all = new Map<string, string>()
  for (const dev of ['all', 'v0', 'v1', 'v2'])
    for (const key of ['rp_filter', 'accept_local', 'src_valid_mark']) all.set(`${dev}.${key}`, '0')
  for (const dev of DEVICES) all.set(`${dev}.forwarding`, '1')
  for (const entry of conf) all.set(...(entry.split('=') as [string, string]))
  return [...all].map(([key, value]) => `net.ipv4.conf.${key}=${value}`)
}

/** Table mangle, as iptables-restore reads it. */
export function marksText({ marks }: Network): string {
  return ['*mangle', ':PREROUTING ACCEPT [0:0]', ':OUTPUT ACCEPT [0:0]', ...marks, 'COMMIT', ''].join('\n')
}
