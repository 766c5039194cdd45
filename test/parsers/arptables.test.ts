import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../src/model/errors.ts'
import { arptables } from '../../src/parsers/arptables.ts'
import { sectionOf } from './section.ts'

const rules = (text: string) =>
  arptables.parse(sectionOf(text)).value.chains.map((chain) => chain.rules.map((rule) => rule.text))

describe('arptables', () => {
  it('gives the same rule however it was printed', () => {
    const listed = 'Chain INPUT (policy ACCEPT)\n-j DROP -d 10.0.0.100 '
    const saved = '*filter\n:INPUT ACCEPT\n-A INPUT -j DROP -d 10.0.0.100'
    const counted = '*filter\n:INPUT ACCEPT [0:0]\n[3:84] -A INPUT -j DROP -d 10.0.0.100'
    for (const text of [listed, saved, counted]) expect(rules(text)).toEqual([['-j DROP -d 10.0.0.100']])
  })

  it('reads the columns of arptables_jf', () => {
    const text = `Chain IN (policy ACCEPT)
target     source-ip            destination-ip       source-hw          destination-hw     hlen   op         hrd        pro
DROP       anywhere             10.0.0.100           anywhere           anywhere           any    any        any        any`
    expect(rules(text)[0]?.[0]).toMatch(/^DROP +anywhere +10\.0\.0\.100 /)
  })

  it('does not mix a second listing into the first', () => {
    const text = 'Chain INPUT (policy ACCEPT)\nChain INPUT (policy DROP)\n-j DROP'
    expect(arptables.parse(sectionOf(text)).unread.map((line) => line.at.line)).toEqual([2, 3])
  })

  it.each(['', '*filter', '-j DROP -d 10.0.0.100', 'arptables: Permission denied'])('is not understood: %j', (text) => {
    expect(() => arptables.parse(sectionOf(text))).toThrow(NotUnderstood)
  })
})
