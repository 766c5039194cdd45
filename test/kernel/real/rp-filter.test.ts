/** `reversePath()` against `ip route get … iif`, which runs the kernel's own source check. */
import { describe, expect, it } from 'vitest'
import { reversePath } from '../../../src/kernel/rp-filter.ts'
import { ipAddr } from '../../../src/parsers/ip-addr.ts'
import { ipRoute } from '../../../src/parsers/ip-route.ts'
import { ipRule } from '../../../src/parsers/ip-rule.ts'
import { sysctl } from '../../../src/parsers/sysctl.ts'
import { sectionOf } from '../../parsers/section.ts'
import { LOCAL, randomNetwork } from './random-network.ts'
import { Dice, inNamespace, whyNoKernel } from './sandbox.ts'

const missing = whyNoKernel()
if (missing !== undefined) console.warn(`SKIPPED: reversePath() is not compared with the real kernel here: ${missing}`)

const MARK = '-----'
const SOURCES = ['10.0.0.9', '10.0.1.9', '10.5.1.1', '10.5.200.7', '10.7.7.7', '10.0.0.2', '10.9.9.9', '10.77.0.5']
const FAR = ['192.0.2.1', '198.51.100.9', '10.0.0.255', '127.0.0.9', '10.6.3.3']

/** Receiving interfaces: v0, v1, and bare v2, which has no address, as tunl0 often has none. */
function settings(dice: Dice): string {
  const keys = ['all', 'v0', 'v1', 'v2'].flatMap((dev) => [
    `net.ipv4.conf.${dev}.rp_filter=${dice.pick([0, 1, 2])}`,
    `net.ipv4.conf.${dev}.accept_local=${dice.pick([0, 0, 0, 1])}`,
  ])
  return `ip link add v2 type veth peer name w2; ip link set v2 up; ip link set w2 up; sysctl -q -w ${keys.join(' ')}`
}

describe('reversePath() and the kernel agree', () => {
  it.skipIf(missing !== undefined)('on random routes, rules and rp_filter values', () => {
    const dice = new Dice(31)
    const seen = new Map<string, number>()
    for (let round = 0; round < 24; round++) {
      const packets = Array.from({ length: 12 }, () => ({
        src: dice.pick([...SOURCES, ...SOURCES, ...FAR]),
        dst: dice.pick(LOCAL),
        in: dice.pick(['v0', 'v1', 'v2']),
      }))
      const configuration = randomNetwork(dice)
      const show = [
        'ip -4 addr',
        'ip -4 route show table all',
        'ip rule',
        "sysctl -a -r 'conf.*(rp_filter|accept_local|src_valid_mark)' ",
      ]
      const script = [
        'ip -force -batch - >/dev/null 2>&1',
        settings(dice),
        ...show.map((command) => `${command}; echo "${MARK}"`),
        ...packets.map(({ src, dst, in: dev }) => `ip route get ${dst} from ${src} iif ${dev} 2>&1; echo "${MARK}"`),
      ].join('\n')
      const { stdout } = inNamespace(script, configuration)
      const [addr = '', routes = '', rules = '', values = '', ...answers] = stdout.split(`${MARK}\n`)
      const bare =
        '9: v2@w2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000\n'
      const facts = {
        links: ipAddr.parse(sectionOf(`${addr}${bare}`, { command: 'ip addr' })).value,
        routes: ipRoute.parse(sectionOf(routes, { command: 'ip route show table all' })).value,
        rules: ipRule.parse(sectionOf(rules, { command: 'ip rule' })).value,
        sysctl: sysctl.parse(sectionOf(values, { command: 'sysctl -a' })).value,
      }
      packets.forEach((packet, index) => {
        const real = answers[index] ?? ''
        const model = reversePath(facts, packet)
        const shown = `${configuration}\n${values}\n${rules}\n${JSON.stringify(packet)}\n${real}\n${JSON.stringify(model)}`
        expect(model.passes, shown).toBe(real.startsWith('local') ? 'yes' : 'no')
        seen.set(model.because, (seen.get(model.because) ?? 0) + 1)
      })
    }
    const reasons = [
      'off',
      'same-way',
      'other-way',
      'some-way',
      'no-way-back',
      'no-address',
      'source-is-local',
      'martian',
    ]
    expect([...seen.keys()].sort()).toEqual(reasons.sort())
  })
})
