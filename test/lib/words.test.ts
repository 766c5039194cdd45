import { describe, expect, it } from 'vitest'
import { blankWords, quotedWords, wholeNumber } from '../../src/lib/words.ts'

const texts = (line: string): readonly string[] | undefined => quotedWords(line)?.map((word) => word.text)

describe('quotedWords', () => {
  it('keeps a quoted text as one word and undoes its escapes', () => {
    expect(texts(String.raw`-m comment --comment "a \"b\" it\'s \\" -j DROP`)).toEqual([
      '-m',
      'comment',
      '--comment',
      'a "b" it\'s \\',
      '-j',
      'DROP',
    ])
  })

  it('says which words were quoted', () => {
    expect(quotedWords('"-j" -j ""')).toEqual([
      { text: '-j', quoted: true },
      { text: '-j', quoted: false },
      { text: '', quoted: true },
    ])
  })

  it('refuses a quote that is left open', () => {
    expect(quotedWords('--comment "cut off')).toBeUndefined()
  })
})

describe('blankWords', () => {
  it('gives no words for blanks alone', () => {
    expect(blankWords(' \t ')).toEqual([])
    expect(blankWords(' a\tb  c ')).toEqual(['a', 'b', 'c'])
  })
})

describe('wholeNumber', () => {
  it('takes decimal digits and nothing else', () => {
    expect(wholeNumber('42')).toBe(42)
    for (const text of ['', '-1', '1.5', '0x10', '1e3', ' 1', '99999999999999999', undefined])
      expect(wholeNumber(text)).toBeUndefined()
  })
})
