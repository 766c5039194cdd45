import { describe, expect, it } from 'vitest'
import { evidenceLines } from '../../src/report/lines-evidence.ts'
import { markedLine } from '../../src/report/marked-line.ts'
import { loadMeasure } from '../../src/report/measure.ts'
import { textOf } from '../../src/report/spans.ts'

const measure = await loadMeasure('单')

/** The line, and under it the caret. */
function marked(line: string, word: string, room = 74): [string, string] {
  const { text, caret = -1 } = markedLine(line, line.indexOf(word) + 1, room, measure)
  return [text, `${' '.repeat(caret)}^`]
}

describe('the caret', () => {
  it('stands under the word', () => {
    expect(marked('    priority 300', '300')).toEqual(['    priority 300', '             ^'])
  })

  it('stands under it behind tabs, which a terminal takes to the next multiple of eight', () => {
    expect(marked('\tpriority\t300\t# x', '300')).toEqual(['        priority        300     # x', `${' '.repeat(24)}^`])
  })

  it('counts Chinese characters as the two columns they take', () => {
    expect(marked('    label 名字 x', 'x')).toEqual(['    label 名字 x', `${' '.repeat(15)}^`])
    expect(marked('名\tx', 'x')).toEqual(['名      x', '        ^'])
  })

  it('stays in sight on a line that is longer than the screen, which is cut before and behind', () => {
    const long = `${'noprefixroute '.repeat(20)}label nineteen-characters ${'no_track '.repeat(20)}`
    const [text, caret] = marked(long, 'nineteen')
    expect(text).toMatch(/^\.\.\..* label nineteen-characters .*\.\.\.$/)
    expect(text.length).toBeLessThanOrEqual(74)
    expect(text.slice(caret.length - 1)).toMatch(/^nineteen/)
  })

  it('stays in sight on a long line of wide characters', () => {
    const [text, caret] = marked(`${'网'.repeat(200)}x${'卡'.repeat(200)}`, 'x', 40)
    expect(measure(text)).toBeLessThanOrEqual(40)
    expect(measure(text.slice(0, text.indexOf('x')))).toBe(caret.length - 1)
  })

  it('stands behind the last word where a word is missing', () => {
    expect(markedLine('advert_int   ', 11, 74, measure)).toEqual({ text: 'advert_int', caret: 10 })
  })

  it('needs no line of its own where nothing is pointed at', () => {
    expect(markedLine(`-A ${'x'.repeat(500)}`, undefined, 74, measure).text).toMatch(/^-A x+\.\.\.$/)
  })
})

describe('evidence', () => {
  const layout = { width: 80, unicode: false, measure }
  const at = { source: 'a.conf', host: 'ds1', command: '', line: 7, column: 14, text: '    priority 300' }
  const rows = (text: string) => evidenceLines([{ ...at, text }], (id) => id, layout, false).map(textOf)

  it('names line and column, and points beside the place', () => {
    expect(rows(at.text)).toEqual(['    ds1 a.conf:7:14       priority 300', `${' '.repeat(35)}^`])
  })

  it('points below the place where the line is long', () => {
    const [place, text, caret] = rows(`    priority 300 ${'# why '.repeat(12)}`)
    expect(place).toBe('    ds1 a.conf:7:14')
    expect(text?.slice((caret?.length ?? 0) - 1)).toMatch(/^300/)
  })
})
