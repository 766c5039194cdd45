/** `answersArp()` and `announces()` against a host that is really asked, and really asks, by ARP. */
import { describe, expect, it } from 'vitest'
import { announces, answersArp } from '../../../src/kernel/arp.ts'
import { isIpv4 } from '../../../src/lib/ip.ts'
import { ipAddr } from '../../../src/parsers/ip-addr.ts'
import { ipRoute } from '../../../src/parsers/ip-route.ts'
import { ipRule } from '../../../src/parsers/ip-rule.ts'
import { sysctl } from '../../../src/parsers/sysctl.ts'
import { sectionOf } from '../../parsers/section.ts'
import { arpHex, packetHex } from './frames.ts'
import { Dice, onTheWire, type WireStep, whyNoKernel } from './sandbox.ts'

const missing = whyNoKernel('python3')
if (missing !== undefined) console.warn(`SKIPPED: ARP is not compared with the real kernel here: ${missing}`)

const SETUP = [
  'ip link set lo up',
  'ip link set v0 up',
  'ip link set v1 up',
  'sysctl -q -w net.ipv4.neigh.v0.proxy_delay=0 net.ipv4.neigh.v1.proxy_delay=0 net.ipv4.conf.all.log_martians=0',
]
const SHOW = ['ip addr', 'ip -4 route show table all', 'ip rule', 'sysctl net.ipv4.conf']
const MARK = '-----'

/** Addresses of one or two networks on the cables, VIPs anywhere, and the sysctls that matter; then a look at it all. */
function configure(dice: Dice, policy: boolean): WireStep {
  const vips = ['10.0.0.9/32', '10.0.0.9/24', '10.3.0.9/32', '10.3.0.9/24']
  const scope = (): string => dice.pick(['', '', ' scope host', ' scope link'])
  const vip = (dev: string): string[] => (dice.chance(2) ? [`addr add ${dice.pick(vips)} dev ${dev}${scope()}`] : [])
  const lines = [
    'addr flush dev v0',
    'addr flush dev v1',
    ...vips.map((address) => `addr del ${address} dev lo`),
    'neigh flush all',
    'rule del from 10.0.0.9',
    ...(dice.chance(4) ? vip('v0') : []),
    ...(dice.chance(8) ? [] : ['addr add 10.0.0.2/24 dev v0']),
    `addr add ${dice.pick(['10.0.1.2/24', '10.0.0.3/24'])} dev v1`,
    ...vip(dice.pick(['lo', 'lo', 'v0', 'v1'])),
    'route add 10.3.0.0/24 dev v0',
    ...(dice.chance(2) ? ['route add default via 10.0.0.1 dev v0'] : []),
    ...(policy && dice.chance(3)
      ? ['rule add from 10.0.0.9 lookup 100', 'route replace default dev v1 table 100']
      : []),
  ]
  const values = ['all', 'v0', 'v1', 'lo'].flatMap((dev) =>
    [
      `arp_ignore=${dice.pick([0, 0, 0, 1, 2, 3, 4, 8])}`,
      `arp_announce=${dice.pick([0, 0, 1, 2])}`,
      `rp_filter=${dice.pick([0, 0, 0, 1, 2])}`,
      `arp_filter=${dice.pick([0, 0, 0, 1])}`,
      `proxy_arp=${dice.pick([0, 0, 0, 1])}`,
      `accept_local=${dice.pick([0, 0, 0, 1])}`,
      `forwarding=${dice.pick([0, 1])}`,
    ].map((value) => `net.ipv4.conf.${dev}.${value}`),
  )
  const look = SHOW.map((command) => `${command}; echo "${MARK}"`)
  const run = ['ip -force -batch - >/dev/null 2>&1', `sysctl -q -w ${values.join(' ')}`, ...look].join('; ')
  return { run, input: lines.join('\n') }
}

function facts(shown: string | undefined) {
  const [addr = '', routes = '', rules = '', values = ''] = (shown ?? '').split(`${MARK}\n`)
  return {
    links: ipAddr.parse(sectionOf(addr, { command: 'ip addr' })).value,
    routes: ipRoute.parse(sectionOf(routes, { command: 'ip route show table all' })).value,
    rules: ipRule.parse(sectionOf(rules, { command: 'ip rule' })).value,
    sysctl: sysctl.parse(sectionOf(values, { command: 'sysctl -a' })).value,
  }
}

const TARGETS = ['10.0.0.9', '10.0.0.9', '10.3.0.9', '10.0.0.2', '10.0.1.2', '10.0.0.3', '10.3.0.77', '10.0.1.77']
const SENDERS = ['10.0.0.50', '10.0.0.60', '10.0.1.50', '10.3.0.50', '0.0.0.0', '10.0.0.9', '192.0.2.1']

describe.skipIf(missing !== undefined)('ARP and the kernel agree', () => {
  it('on who answers', () => {
    const dice = new Dice(5)
    const rounds = Array.from({ length: 50 }, () => ({
      configuration: configure(dice, true),
      asked: Array.from({ length: 10 }, () => ({
        target: dice.pick(TARGETS),
        sender: dice.pick(SENDERS),
        in: dice.pick(['v0', 'v1']),
      })),
    }))
    const ask = ({ target, sender, in: dev }: { target: string; sender: string; in: string }): WireStep => ({
      cable: dev === 'v0' ? 0 : 1,
      ask: arpHex(sender, target),
    })
    const steps = rounds.flatMap(({ configuration, asked }) => [configuration, ...asked.map(ask)])
    const results = onTheWire(SETUP, steps)
    const seen = new Set<string>()
    for (const { asked } of rounds) {
      const shown = results.shift()
      const host = facts(shown)
      for (const request of asked) {
        const model = answersArp(host, request)
        seen.add(`${model.answers} ${model.because}`)
        const real = results.shift() === 'answered' ? 'yes' : 'no'
        expect(model.answers, `${shown}\n${JSON.stringify(request)} ${model.because}`).toBe(real)
      }
    }
    const no = ['no arp-filter', 'no arp-ignore', 'no not-our-address', 'no rp-filter']
    expect([...seen].sort()).toEqual([...no, 'yes answers', 'yes proxy-arp'])
  })

  it('on which sender is announced', () => {
    const dice = new Dice(6)
    const rounds = Array.from({ length: 80 }, (_, round) => ({
      configuration: configure(dice, false),
      src: dice.pick(['10.0.0.9', '10.3.0.9']),
      dst: `10.${dice.pick(['0', '3'])}.0.${100 + round}`,
    }))
    const steps = rounds.flatMap(({ configuration, src, dst }): WireStep[] => [
      configuration,
      { send: packetHex({ protocol: 17, src, dst, sport: 80, dport: 5000 }), to: dst, hear: 0 },
    ])
    const results = onTheWire(SETUP, steps)
    const seen = new Set<string>()
    rounds.forEach(({ src, dst }, round) => {
      const shown = results[round * 2]
      const [sender = '', target = ''] = (results[round * 2 + 1] ?? '').split(' ')
      // The route led elsewhere, or there was none.
      if (!isIpv4(sender) || !isIpv4(target)) return
      const model = announces(facts(shown), { vip: src, out: 'v0', target })
      seen.add(`${model.announces} ${model.because}`)
      const real = sender === src ? 'yes' : 'no'
      expect(model.announces, `${shown}\n${src} > ${dst} ${model.because}`).toBe(real)
    })
    const no = ['no arp-announce', 'no not-our-address']
    expect([...seen].sort()).toEqual([
      ...no,
      'no preferred-address',
      'yes arp-announce',
      'yes preferred-address',
      'yes same-subnet',
    ])
  })
})
