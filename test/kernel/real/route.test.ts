/** `route()` against `ip route get`: random addresses, routes and rules in network namespaces. */
import { describe, expect, it } from 'vitest'
import { type Flow, type Routed, route } from '../../../src/kernel/route.ts'
import { ipAddr } from '../../../src/parsers/ip-addr.ts'
import { ipRoute } from '../../../src/parsers/ip-route.ts'
import { ipRule } from '../../../src/parsers/ip-rule.ts'
import { sectionOf } from '../../parsers/section.ts'
import { LOCAL, randomNetwork } from './random-network.ts'
import { Dice, inNamespace, whyNoKernel } from './sandbox.ts'

const missing = whyNoKernel()
if (missing !== undefined) console.warn(`SKIPPED: route() is not compared with the real kernel here: ${missing}`)

const MARK = '-----'
const TARGETS = ['10.0.0.2', '10.0.0.3', '10.0.0.7', '10.0.0.255', '10.0.1.9', '10.9.9.9', '10.77.0.5', '10.5.1.1']
const FAR = ['10.5.200.1', '10.6.0.1', '10.7.7.7', '192.0.2.1', '198.51.100.9', '224.0.0.18', '127.0.0.9']

function flowOf(dice: Dice): Flow {
  const dst = dice.pick([...TARGETS, ...FAR, ...FAR])
  return {
    dst,
    ...(dice.chance(3) ? { src: dice.pick(LOCAL) } : {}),
    ...(dice.chance(4) ? { mark: 1 + dice.roll(3) } : {}),
    ...(dice.chance(6) ? { oif: dice.pick(['v0', 'v1']) } : {}),
  }
}

function question({ dst, src, oif, mark }: Flow): string {
  const words = [
    dst,
    ...(src ? ['from', src] : []),
    ...(oif ? ['oif', oif] : []),
    ...(mark ? ['mark', String(mark)] : []),
  ]
  return `ip route get ${words.join(' ')} 2>&1; echo "${MARK}"`
}

/** The kernel's answer in the words of the model. */
function told(answer: string): string {
  if (/No route to host|Permission denied/.test(answer)) return 'unreachable'
  if (answer.includes('Invalid argument')) return 'blackhole'
  if (answer.includes('Network is unreachable')) return 'none'
  const words = answer.split('\n')[0]?.trim().split(/\s+/) ?? []
  const after = (word: string): string => (words.includes(word) ? (words[words.indexOf(word) + 1] ?? '') : '')
  const type = ['local', 'broadcast', 'multicast'].find((kind) => words[0] === kind) ?? 'unicast'
  return type === 'local' ? 'local' : `${type} ${after('dev')} ${after('via')} ${after('from') || after('src')}`
}

function said(routed: Routed): readonly string[] {
  if (['local', 'none', 'unreachable', 'blackhole', 'unknown'].includes(routed.is)) return [routed.is]
  return routed.hops.map(({ dev, via }) => `${routed.is} ${dev ?? ''} ${via ?? ''}`)
}

describe('route() and the kernel agree', () => {
  it.skipIf(missing !== undefined)('on random tables and rules', () => {
    const dice = new Dice(20261120)
    let compared = 0
    for (let round = 0; round < 24; round++) {
      const flows = Array.from({ length: 12 }, () => flowOf(dice))
      const configuration = randomNetwork(dice)
      const show = ['ip -4 addr', 'ip -4 route show table all', 'ip -4 route', 'ip rule'].map(
        (show) => `${show}; echo "${MARK}"`,
      )
      const script = ['ip -force -batch - >/dev/null 2>&1', ...show, ...flows.map(question)].join('\n')
      const { stdout } = inNamespace(script, configuration)
      const [addr = '', all = '', main = '', rule = '', ...answers] = stdout.split(`${MARK}\n`)
      const links = ipAddr.parse(sectionOf(addr, { command: 'ip addr' })).value
      const routes = ipRoute.parse(sectionOf(all, { command: 'ip route show table all' })).value
      const mainOnly = ipRoute.parse(sectionOf(main, { command: 'ip route' })).value
      const rules = ipRule.parse(sectionOf(rule, { command: 'ip rule' })).value
      flows.forEach((flow, index) => {
        const real = told(answers[index] ?? '')
        const model = route(routes, rules, flow, links)
        const shown = `${configuration}\n${rule}\n${all}\n${question(flow)}\n${answers[index]}`
        const source = model.is === 'local' || model.hops.length > 1 ? '' : ` ${model.src ?? ''}`
        if (model.hops.length > 1) {
          // Which hop of several is taken is the kernel's secret; it has to be one of ours.
          expect(
            said(model).some((hop) => real.startsWith(hop)),
            `${real}, not ${said(model).join(' | ')}\n${shown}`,
          ).toBe(true)
        } else if (model.is === 'unreachable' && model.table === undefined) {
          // A rule `unreachable` says the same as having no route, a route `unreachable` says that the host is.
          expect(['none', 'unreachable'], shown).toContain(real)
        } else expect(`${said(model)[0]}${model.hops.length === 1 ? source : ''}`, shown).toBe(real)
        // With the main table alone the model may have to pass, but must not be wrong.
        const narrow = route(mainOnly, rules, flow, links)
        if (narrow.is !== 'unknown') expect(said(narrow), shown).toEqual(said(model))
        compared++
      })
    }
    expect(compared).toBe(288)
  })
})
