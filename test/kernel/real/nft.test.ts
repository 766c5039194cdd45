/** One rule set in two listings: what iptables-save and `nft list ruleset` print of iptables-nft must give one verdict. */
import { describe, expect, it } from 'vitest'
import { type FilterPacket, type Hook, walk } from '../../../src/kernel/filter.ts'
import { walkNft } from '../../../src/kernel/nft/walk.ts'
import { iptablesSave } from '../../../src/parsers/iptables.ts'
import { nft } from '../../../src/parsers/nft.ts'
import { sectionOf } from '../../parsers/section.ts'
import { randomRules } from './random-rules.ts'
import { Dice, inNamespace, whyNoKernel } from './sandbox.ts'

const missing = whyNoKernel('iptables-nft-restore', 'nft') ?? whyNoRules()
if (missing !== undefined) console.warn(`SKIPPED: nft is not compared with iptables-save here: ${missing}`)

function whyNoRules(): string | undefined {
  const { status, stderr } = inNamespace('iptables-nft-restore', randomRules(new Dice(1), false))
  return status === 0 ? undefined : stderr.trim()
}

const OWN = ['10.0.0.2/24', '10.0.1.2/24', '10.9.9.9/32', '127.0.0.1/8']

/** nft 1.0.6 prints `! --ports` without its negation: nobody could tell from the listing. */
function rulesOf(dice: Dice): string {
  return randomRules(dice, false).replaceAll(' -m multiport ! --ports 53,5000', ' -m multiport --dports 53,5000')
}

function packetOf(dice: Dice, hook: Hook): FilterPacket {
  const protocol = dice.pick([6, 6, 17, 17, 112, 4, 1])
  const ports = { sport: 30000 + dice.roll(30000), dport: dice.pick([53, 80, 1050, 5000]) }
  const more =
    protocol === 1
      ? { icmpType: dice.pick([8, 3]), icmpCode: dice.pick([0, 4]) }
      : protocol === 6
        ? { ...ports, tcpFlags: dice.pick([['SYN'], ['ACK'], ['PSH', 'ACK'], []] as const) }
        : protocol === 17
          ? ports
          : {}
  const ways = {
    input: { in: 'v0', dst: dice.pick(['10.0.0.2', '10.9.9.9', '224.0.0.18', '10.0.0.255']) },
    forward: { in: 'v0', out: 'v1', dst: '10.0.1.77' },
    output: { out: 'v0', dst: '10.0.0.77' },
  } as const
  return {
    protocol,
    src: dice.pick(['10.0.0.9', '10.0.0.50', '192.0.2.7']),
    ctstate: dice.pick(['NEW', 'ESTABLISHED', 'INVALID', 'UNTRACKED'] as const),
    mark: dice.roll(3),
    ...(hook === 'output' ? {} : { srcMac: dice.pick(['02:00:00:00:00:aa', '02:00:00:00:00:bb']) }),
    local: OWN,
    ...ways[hook as 'input'],
    ...more,
  }
}

describe.skipIf(missing !== undefined)('walkNft() and walk() agree', () => {
  it.each([11, 12, 13])('seed %i', (seed) => {
    const dice = new Dice(seed)
    let decided = 0
    for (let round = 0; round < 25; round++) {
      const script = 'iptables-nft-restore && iptables-nft-save && echo ==== && nft list ruleset'
      const { stdout } = inNamespace(script, rulesOf(dice))
      const [save = '', list = ''] = stdout.split('====\n')
      const firewall = iptablesSave.parse(sectionOf(save)).value
      const ruleset = nft.parse(sectionOf(list)).value
      for (let n = 0; n < 30; n++) {
        const hook = dice.pick(['input', 'forward', 'output'] as const)
        const packet = packetOf(dice, hook)
        const one = walk(firewall, { whole: true }, packet, hook)
        const other = walkNft(ruleset, { whole: true }, packet, hook, true)
        if (other.verdict === 'unknown') continue
        decided++
        const deciding = [one.rule?.text, other.witness?.rule?.text, other.witness?.chain]
        const shown = `${hook} ${JSON.stringify(packet)}\n${JSON.stringify(deciding)}\n${save}\n${list}`
        // Where a condition is left out of the listing, some ways may drop and others reject: nothing passes.
        expect(other.verdict === 'accept', shown).toBe(one.verdict === 'accept')
      }
    }
    expect(decided).toBeGreaterThan(600)
  })
})
