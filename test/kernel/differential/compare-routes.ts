/** One routing set-up and its packets, by the models and by the kernel. */
import * as fc from 'fast-check'
import type { FilterPacket } from '../../../src/kernel/filter.ts'
import { ipAddr } from '../../../src/parsers/ip-addr.ts'
import { ipRoute } from '../../../src/parsers/ip-route.ts'
import { ipRule } from '../../../src/parsers/ip-rule.ts'
import { iptablesSave } from '../../../src/parsers/iptables.ts'
import { sysctl } from '../../../src/parsers/sysctl.ts'
import { sectionOf } from '../../parsers/section.ts'
import { headerHex, packetHex } from '../real/frames.ts'
import { batch, FAR, isCustom, LOCAL, marksText, type Network, networks, values } from './networks.ts'
import { agrees, type Fate, isUnknown, seen } from './observed.ts'
import type { HostModel } from './predict.ts'
import { predictArrival } from './predict-arrival.ts'
import { predictDeparture } from './predict-departure.ts'
import { type Order, Prober } from './prober.ts'

export interface Errand {
  /** Where it comes in; undefined: the host sends it itself. */
  readonly cable?: 0 | 1 | 2
  /** undefined: the host chooses. */
  readonly src?: string
  readonly dst: string
  readonly mark?: number
  /** Interface the sending socket is bound to. */
  readonly oif?: string
}

export interface RouteCase {
  readonly network: Network
  readonly errands: readonly Errand[]
}

const ODD_SOURCES = [
  '127.0.0.9',
  '224.0.0.9',
  '10.0.0.2',
  '10.9.9.9',
  '10.77.0.5',
  '10.88.0.5',
  '0.0.0.0',
  '10.0.0.255',
  '240.0.0.9',
]

const coming = fc.record({
  cable: fc.constantFrom(0, 1, 2),
  src: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...FAR) },
    { weight: 1, arbitrary: fc.constantFrom(...ODD_SOURCES) },
  ),
  dst: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...LOCAL) },
    { weight: 4, arbitrary: fc.constantFrom(...FAR) },
    { weight: 1, arbitrary: fc.constantFrom('10.0.0.255', '224.0.0.18', '255.255.255.255', '10.77.0.5', '10.88.0.5') },
  ),
})

const going = fc.record(
  {
    src: fc.constantFrom(...LOCAL),
    dst: fc.constantFrom(...FAR, ...FAR, '10.9.9.9', '10.77.0.5', '10.88.0.5'),
    mark: fc.constantFrom(1, 2, 4),
    oif: fc.constantFrom('v0', 'v1'),
  },
  { requiredKeys: ['dst'] },
)

export const routeCases: fc.Arbitrary<RouteCase> = fc.record({
  network: networks,
  errands: fc.array(fc.oneof<fc.Arbitrary<Errand>[]>(coming, coming, going), {
    minLength: 1,
    maxLength: 16,
    size: 'max',
  }),
})

const CONF = 'net.ipv4.conf'
const SETUP = [
  'sysctl -q -w net.ipv6.conf.all.disable_ipv6=1 net.ipv4.ip_forward=1 net.ipv4.icmp_ratelimit=0',
  `sysctl -q -w ${['all', 'v0', 'v1', 'v2'].map((dev) => `${CONF}.${dev}.send_redirects=0 ${CONF}.${dev}.log_martians=0`).join(' ')}`,
  ...['lo', 'v0', 'v1', 'v2'].map((dev) => `ip link set ${dev} up`),
  'ip addr add 10.0.0.2/24 dev v0',
]
const MARK = '-----'
const SHOW = ['ip addr', 'ip -4 route show table all', 'ip rule', `sysctl ${CONF}`, 'iptables-legacy-save']

export interface Travelled {
  readonly errand: Errand
  readonly said: readonly Fate[]
  readonly unknown: boolean
  readonly saw: Fate
  readonly agrees: boolean
}

export class RouteReferee {
  /**
   * Two hosts: a kernel that once had a rule of its own, or a local route, looks at sources more closely ever after
   * (fib_has_custom_rules), so one host never gets any.
   */
  readonly #probers: { readonly plain: Prober; readonly custom: Prober }
  readonly #ready = new Set<Prober>()
  #id = 0
  /** What the host printed of itself last, to show it. */
  shown = ''

  constructor(cpu = 0, program?: string) {
    this.#probers = { plain: new Prober(cpu, program), custom: new Prober(cpu, program) }
  }

  async compare({ network, errands }: RouteCase): Promise<readonly Travelled[]> {
    const prober = this.#probers[isCustom(network) ? 'custom' : 'plain']
    const host = await this.#configure(network, prober)
    const travelled: Travelled[] = []
    for (const errand of errands) {
      if (errand.src !== undefined && errand.cable === undefined && !hasAddress(host, errand.src)) continue
      this.#id = (this.#id % 60000) + 1
      const packet = packetOf(errand, host)
      const saw = seen(await prober.send(orderOf(errand, packet, this.#id)))
      const said =
        errand.cable === undefined ? predictDeparture(host, packet, errand.oif) : predictArrival(host, packet)
      travelled.push({ errand, said, saw, unknown: isUnknown(said), agrees: agrees(said, saw) })
    }
    return travelled
  }

  async #configure(network: Network, prober: Prober): Promise<HostModel> {
    if (!this.#ready.has(prober)) {
      await prober.must(SETUP.join(' && '))
      await prober.join('224.0.0.18', 'v0')
      this.#ready.add(prober)
    }
    await prober.must('iptables-legacy-restore', marksText(network))
    const show = SHOW.map((command) => `${command}; echo "${MARK}"`)
    const script = ['ip -force -batch - >/dev/null 2>&1', `sysctl -q -w ${values(network).join(' ')}`, ...show].join(
      '; ',
    )
    this.shown = await prober.must(script, batch(network))
    const [addr = '', routes = '', rules = '', conf = '', saved = ''] = this.shown.split(`${MARK}\n`)
    return {
      links: ipAddr.parse(sectionOf(addr, { command: 'ip addr' })).value,
      routes: ipRoute.parse(sectionOf(routes, { command: 'ip route show table all' })).value,
      rules: ipRule.parse(sectionOf(rules, { command: 'ip rule' })).value,
      sysctl: sysctl.parse(sectionOf(conf, { command: 'sysctl -a' })).value,
      firewall: iptablesSave.parse(sectionOf(saved, { command: 'iptables-save' })).value,
      joined: ['v0 224.0.0.18'],
    }
  }

  end(): void {
    this.#probers.plain.end()
    this.#probers.custom.end()
  }
}

function hasAddress({ links }: HostModel, address: string): boolean {
  return links.links.some(({ addresses }) => addresses.some(({ ip }) => ip === address))
}

function packetOf({ cable, src, dst, mark }: Errand, { links }: HostModel): FilterPacket {
  const local = links.links.flatMap(({ addresses }) => addresses.map(({ ip, prefix }) => `${ip}/${prefix}`))
  const base = { protocol: 17, dst, sport: 40000, dport: 5000, ctstate: 'NEW', mark: mark ?? 0, local } as const
  const packet = { ...base, ...(src === undefined ? {} : { src }) }
  if (cable === undefined) return packet
  const dstType = dst.startsWith('224.') ? 'multicast' : dst.endsWith('.255') ? 'broadcast' : 'unicast'
  return { ...packet, in: `v${cable}`, dstType }
}

function orderOf(
  { cable, mark, oif, src }: Errand,
  packet: FilterPacket,
  id: number,
): Extract<Order, { probe: string }> {
  const probe = packetHex({ ...packet, src: packet.src ?? '0.0.0.0' }, { id })
  if (cable !== undefined) return { probe, id, cable, frame: headerHex(packet, cable) }
  return {
    probe,
    id,
    to: packet.dst ?? '',
    ...(mark === undefined ? {} : { mark }),
    ...(oif === undefined ? {} : { bind: oif }),
    ...(src === undefined ? {} : { from: src }),
  }
}
