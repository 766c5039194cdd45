/** One rule set and its packets, by the models and by the kernel. */
import * as fc from 'fast-check'
import type { Firewall } from '../../../src/model/facts.ts'
import { ipAddr } from '../../../src/parsers/ip-addr.ts'
import { ipRoute } from '../../../src/parsers/ip-route.ts'
import { iptablesSave } from '../../../src/parsers/iptables.ts'
import { sysctl } from '../../../src/parsers/sysctl.ts'
import { sectionOf } from '../../parsers/section.ts'
import { isUndecidable } from './conditions.ts'
import { countsOf, grown, Met } from './counters.ts'
import { agrees, type Fate, isUnknown, seen } from './observed.ts'
import { orderOf, type Probe, probes } from './packets.ts'
import type { HostModel } from './predict.ts'
import { predictArrival } from './predict-arrival.ts'
import { predictDeparture } from './predict-departure.ts'
import { Prober } from './prober.ts'
import { type Rule, type RuleSet, ruleSets, rulesText } from './rule-sets.ts'

export type Backend = 'legacy' | 'nft'

const CONF = 'net.ipv4.conf'
const NEIGHBOURS = ['0.9', '0.50', '0.200', '1.77', '2.77', '2.50']
const SETUP = [
  'sysctl -q -w net.ipv6.conf.all.disable_ipv6=1 net.ipv4.ip_forward=1 net.ipv4.icmp_ratelimit=0 net.ipv4.icmp_echo_ignore_all=1',
  'sysctl -q -w net.ipv4.icmp_msgs_per_sec=1000000 net.ipv4.icmp_msgs_burst=100000 || true',
  `sysctl -q -w ${['all', 'default', 'v0', 'v1', 'v2'].map((dev) => `${CONF}.${dev}.rp_filter=0 ${CONF}.${dev}.send_redirects=0`).join(' ')}`,
  'ip link set lo up',
  ...[0, 1, 2].flatMap((n) => [`ip link set v${n} up`, `ip addr add 10.0.${n}.2/24 brd + dev v${n}`]),
  'ip addr add 10.9.9.9/32 dev lo',
  ...NEIGHBOURS.map((ip) => {
    const [net, host] = ip.split('.').map((octet) => Number(octet).toString(16).padStart(2, '0'))
    return `ip neigh add 10.0.${ip} lladdr 02:00:00:00:${net}:${host} dev v${ip[0]}`
  }),
  'ip route add default via 10.0.0.9',
  // Connection tracking works only where some rule asks for it: this one always does, and changes nothing.
  'nft add table ip keeper',
  "nft 'add chain ip keeper any { type filter hook forward priority 300; }'",
  'nft add rule ip keeper any ct state established counter',
]

export interface RuleCase {
  readonly set: RuleSet
  readonly probes: readonly Probe[]
}

export const ruleCases: fc.Arbitrary<RuleCase> = fc.record({
  set: ruleSets,
  probes: fc.array(probes, { minLength: 1, maxLength: 14, size: 'max' }),
})

export interface Compared {
  readonly probe: Probe
  readonly said: readonly Fate[]
  readonly unknown: boolean
  readonly saw: Fate
  /** Lines that counted the packet by the model alone (+) or by the kernel alone (-). */
  readonly miscounted: readonly string[]
  readonly agrees: boolean
}

/** A host that stays, and gets one rule set after the other. */
export class RuleReferee {
  readonly #prober: Prober
  readonly #backend: Backend
  #host: Omit<HostModel, 'firewall'> | undefined
  #id = 0

  constructor(backend: Backend, cpu = 0, program?: string) {
    this.#backend = backend
    this.#prober = new Prober(cpu, program)
  }

  async #ready(): Promise<Omit<HostModel, 'firewall'>> {
    if (this.#host !== undefined) return this.#host
    await this.#prober.must(SETUP.join(' && '))
    for (const dev of ['v0', 'v1']) await this.#prober.join('224.0.0.18', dev)
    const [addr, routes, values] = [
      await this.#prober.must('ip addr'),
      await this.#prober.must('ip route show table all'),
      await this.#prober.must(`sysctl ${CONF}`),
    ]
    this.#host = {
      links: ipAddr.parse(sectionOf(addr, { command: 'ip addr' })).value,
      routes: ipRoute.parse(sectionOf(routes, { command: 'ip route show table all' })).value,
      sysctl: sysctl.parse(sectionOf(values, { command: 'sysctl -a' })).value,
      joined: ['v0 224.0.0.18', 'v1 224.0.0.18'],
    }
    return this.#host
  }

  /** @throws Error where iptables-restore refuses the rules, or a line that iptables-save prints is not understood */
  async compare({ set, probes }: RuleCase): Promise<readonly Compared[]> {
    const host = await this.#load(set)
    const compared: Compared[] = []
    let before = countsOf(host.firewall)
    for (const probe of probes) {
      const saw = await this.#send(probe)
      const saved = await this.#save()
      const met = new Met()
      const model = { ...host, natFirst: this.#backend === 'nft', note: met.note.bind(met) }
      const said =
        probe.cable === undefined ? predictDeparture(model, probe.packet) : predictArrival(model, probe.packet)
      const after = countsOf(saved.firewall)
      const miscounted = differences(met, grown(before, after), saved.text)
      before = after
      const agreed = agrees(said, saw) && miscounted.length === 0
      compared.push({ probe, said, saw, miscounted, unknown: isUnknown(said), agrees: agreed })
    }
    return compared
  }

  /**
   * May "unknown" stand? Every condition that no listing decides is made to hold, and to fail: only where the kernel
   * then does different things with the packet is its end really open.
   */
  async isOpen(set: RuleSet, probe: Probe): Promise<boolean> {
    const doubtful = set.rules.filter(isDoubtful)
    if (doubtful.length > MOST_DOUBTS) return true
    const ends = new Set<string>()
    for (let holding = 0; holding < 2 ** doubtful.length; holding++) {
      const holds = new Set(doubtful.filter((_, at) => (holding >> at) % 2 === 1))
      await this.#load({ ...set, rules: set.rules.filter((rule) => !isDoubtful(rule) || holds.has(rule)).map(decided) })
      ends.add(JSON.stringify(await this.#send(probe)))
    }
    return ends.size > 1
  }

  async #load(set: RuleSet): Promise<HostModel> {
    const host = await this.#ready()
    const text = rulesText(set)
    const loaded = await this.#prober.run(`iptables-${this.#backend}-restore`, text)
    if (!loaded.ok) throw new Error(`refused: ${loaded.err}${text}`)
    return { ...host, firewall: (await this.#save()).firewall }
  }

  async #save(): Promise<{ readonly firewall: Firewall; readonly text: string }> {
    const text = (await this.#prober.must(`iptables-${this.#backend}-save -c`)).replace(/^#.*\n/gm, '')
    const { value, unread } = iptablesSave.parse(sectionOf(text, { command: 'iptables-save -c' }))
    if (unread.length > 0) throw new Error(`not understood: ${JSON.stringify(unread)}\n${text}`)
    return { firewall: value, text }
  }

  async #send(probe: Probe): Promise<Fate> {
    this.#id = (this.#id % 60000) + 1
    return seen(await this.#prober.send(orderOf(probe, this.#id)))
  }

  end(): void {
    this.#prober.end()
  }
}

const MOST_DOUBTS = 4

function differences({ lines }: Met, real: readonly number[], text: string): readonly string[] {
  if (lines === undefined) return []
  const all = text.split('\n')
  const table = (line: number): string => all.slice(0, line).findLast((one) => one.startsWith('*')) ?? ''
  return [
    ...[...lines].filter((line) => !real.includes(line)).map((line) => `+ ${table(line)} ${all[line - 1]}`),
    ...real.filter((line) => !lines.has(line)).map((line) => `- ${table(line)} ${all[line - 1]}`),
  ]
}

function isDoubtful({ conditions }: Rule): boolean {
  return conditions.some(isUndecidable)
}

function decided(rule: Rule): Rule {
  return { ...rule, conditions: rule.conditions.filter((condition) => !isUndecidable(condition)) }
}
