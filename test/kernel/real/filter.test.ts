/** `walk()` against the counters of real iptables: random rule sets, random packets, every rule that must have matched. */
import { describe, expect, it } from 'vitest'
import { type FilterPacket, type Hook, walk } from '../../../src/kernel/filter.ts'
import type { Firewall } from '../../../src/model/facts.ts'
import { iptablesSave } from '../../../src/parsers/iptables.ts'
import { sectionOf } from '../../parsers/section.ts'
import { frameHex, packetHex } from './frames.ts'
import { randomRules, SILENCE } from './random-rules.ts'
import { Dice, inNamespace, onTheWire, type WireStep, whyNoKernel } from './sandbox.ts'

const missing = whyNoKernel('python3', 'iptables-legacy-save', 'iptables-nft-save') ?? whyNoRules()
if (missing !== undefined) console.warn(`SKIPPED: walk() is not compared with the real kernel here: ${missing}`)

const SETUP = [
  'ip link set lo up',
  'ip link set v0 address 02:00:00:00:00:01 up',
  'ip link set v1 address 02:00:00:00:00:02 up',
  'sysctl -q -w net.ipv6.conf.all.disable_ipv6=1',
  'ip addr add 10.0.0.2/24 brd + dev v0',
  'ip addr add 10.0.1.2/24 brd + dev v1',
  'ip addr add 10.9.9.9/32 dev lo',
  'sysctl -q -w net.ipv4.ip_forward=1 net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.all.log_martians=0',
  'ip neigh add 10.0.0.77 lladdr 02:00:00:00:00:77 dev v0',
  'ip neigh add 10.0.1.77 lladdr 02:00:00:00:00:78 dev v1',
]
const OWN = ['10.0.0.2/24', '10.0.1.2/24', '10.9.9.9/32', '127.0.0.1/8']

/** Some kernels lack a match or a table: then nothing can be compared. */
function whyNoRules(): string | undefined {
  for (const program of ['iptables-legacy-restore', 'iptables-nft-restore']) {
    const dice = new Dice(1)
    for (let round = 0; round < 3; round++) {
      const { status, stderr } = inNamespace(program, randomRules(dice, true))
      if (status !== 0) return `${program}: ${stderr.trim()}`
    }
  }
  return undefined
}

interface Probe {
  readonly hook: Hook
  readonly packet: FilterPacket
}

function incoming(dice: Dice): Probe {
  const hook = dice.chance(4) ? 'forward' : 'input'
  const protocol = dice.pick([6, 6, 17, 17, 112, 4, 1])
  const dst =
    hook === 'forward'
      ? '10.0.1.77'
      : dice.pick([
          '10.0.0.2',
          '10.9.9.9',
          ...(protocol === 17 || protocol === 112 ? ['224.0.0.18', '10.0.0.255'] : []),
        ])
  const dstType = dst === '224.0.0.18' ? 'multicast' : dst === '10.0.0.255' ? 'broadcast' : 'unicast'
  const packet = {
    protocol,
    src: dice.pick(['10.0.0.9', '10.0.0.50', '192.0.2.7']),
    dst,
    dstType,
    in: 'v0',
    ...transport(dice, protocol),
  } as const
  const rest = { ctstate: 'NEW', mark: 0, srcMac: '02:00:00:00:00:aa', local: OWN } as const
  return { hook, packet: { ...packet, ...rest, ...(hook === 'forward' ? { out: 'v1' } : {}) } }
}

function outgoing(dice: Dice): Probe {
  const protocol = dice.pick([6, 17, 112, 4])
  const dst = dice.pick(['10.0.0.77', '224.0.0.18'])
  const packet = { protocol, src: '10.0.0.2', dst, out: 'v0', ...transport(dice, protocol) } as const
  return { hook: 'output', packet: { ...packet, ctstate: 'NEW', mark: 0, local: OWN } }
}

/** Fresh source ports, so that no earlier connection is met again. */
function transport(dice: Dice, protocol: number): Partial<FilterPacket> {
  if (protocol === 1) return { icmpType: 8, icmpCode: 0 }
  if (protocol !== 6 && protocol !== 17) return {}
  const ports = { sport: 30000 + dice.roll(30000), dport: dice.pick([53, 80, 1050, 5000]) }
  return protocol === 6 ? { ...ports, tcpFlags: dice.pick([['SYN'], ['ACK'], ['PSH', 'ACK']]) } : ports
}

function read(text: string): Firewall {
  return iptablesSave.parse(sectionOf(text, { command: 'iptables-save -c' })).value
}

/** Lines whose packet counter grew between two listings: rules, and policies by the line of their chain. */
function grown(before: Firewall, after: Firewall): readonly number[] {
  const lines: number[] = []
  after.tables.forEach((table, t) => {
    table.chains.forEach((chain, c) => {
      const earlier = before.tables[t]?.chains[c]
      const more = (now: { packets: number } | undefined, then: { packets: number } | undefined): boolean =>
        (now?.packets ?? 0) > (then?.packets ?? 0)
      if (chain.policy !== undefined && more(chain.counters, earlier?.counters)) lines.push(chain.at.line)
      chain.rules.forEach((rule, r) => {
        const silence = table.name === 'raw' && chain.name === 'OUTPUT' && r < SILENCE.length
        if (!silence && more(rule.counters, earlier?.rules[r]?.counters)) lines.push(rule.at.line)
      })
    })
  })
  return lines.sort((a, b) => a - b)
}

function play(program: string, sets: readonly { rules: string; probes: readonly Probe[] }[]): readonly string[] {
  const save = { run: `iptables-${program}-save -c | grep -v '^#'` }
  const steps: readonly WireStep[] = sets.flatMap(({ rules, probes }): WireStep[] => [
    { run: `iptables-${program}-restore`, input: rules },
    save,
    ...probes.flatMap(({ hook, packet }): WireStep[] => [
      hook === 'output' ? { send: packetHex(packet), to: packet.dst ?? '' } : { cable: 0, frame: frameHex(packet, 0) },
      save,
    ]),
  ])
  return onTheWire(SETUP, steps, ['10.0.0.2'])
}

describe.skipIf(missing !== undefined)('walk() and the kernel agree', () => {
  it.each([
    ['legacy', 7, false],
    ['nft', 8, false],
    ['legacy', 9, true],
  ] as const)('iptables-%s, seed %i, undecidable conditions: %s', (program, seed, undecidable) => {
    const dice = new Dice(seed)
    const sets = Array.from({ length: 30 }, () => ({
      rules: randomRules(dice, undecidable),
      probes: Array.from({ length: 6 }, () => (dice.chance(4) ? outgoing(dice) : incoming(dice))),
    }))
    const results = play(program, sets)
    let at = 0
    let decided = 0
    for (const { rules, probes } of sets) {
      expect(results[at++], rules).toBe('')
      let before = read(results[at++] ?? '')
      for (const { hook, packet } of probes) {
        at++
        const text = results[at++] ?? ''
        const after = read(text)
        const met = grown(before, after)
        const model = walk(after, { whole: true }, packet, hook)
        const sure = model.trace
          .filter(({ matched }) => matched === 'yes')
          .map((step) => step.at.line)
          .sort((a, b) => a - b)
        const shown = `${text
          .split('\n')
          .map((line, n) => `${n + 1} ${line}`)
          .join('\n')}\n${JSON.stringify({ hook, ...packet })}\n${model.verdict} ${model.reason}`
        const doubtful = model.trace.some(({ matched }) => matched === 'unknown')
        if (!doubtful) expect(met, shown).toEqual([...new Set(sure)])
        if (model.verdict !== 'unknown') {
          decided++
          const passed = passes(after, met)
          expect(model.verdict === 'accept', shown).toBe(passed)
        }
        before = after
      }
    }
    expect(decided).toBeGreaterThan(undecidable ? 80 : 179)
  })
})

/** Nothing that drops or rejects was met. */
function passes(firewall: Firewall, met: readonly number[]): boolean {
  const bad = ['DROP', 'REJECT']
  return firewall.tables.every(({ chains }) =>
    chains.every(
      (chain) =>
        !(chain.policy === 'DROP' && met.includes(chain.at.line)) &&
        chain.rules.every((rule) => !(bad.includes(rule.target?.name ?? '') && met.includes(rule.at.line))),
    ),
  )
}
