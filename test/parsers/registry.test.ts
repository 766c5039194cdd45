import { expect, it } from 'vitest'
import { PARSERS, SUPPLIES } from '../../src/parsers/registry.ts'
import { sectionOf } from './section.ts'

it('has a supply for every parser and a parser for every supply', () => {
  expect(SUPPLIES.map((supply) => supply.format).sort()).toEqual([...PARSERS.keys()].sort())
})

it('names each parser by its own format, once', () => {
  for (const [format, parser] of PARSERS) expect(parser.format).toBe(format)
})

it('lets a format that shows less complete one that shows more', () => {
  for (const supply of SUPPLIES.filter((one) => one.fills))
    expect(SUPPLIES.some((other) => other.fact === supply.fact && !other.fills)).toBe(true)
})

// A line of the longest length the reader lets through, made of what a pattern would like to try again and again.
const LONG = 64 * 1024
const NASTY = ['(', '{}', '"', ' ', '-A', ':', '[', '1', ' 1', '-', "'", '.', '/', '| ', 'a:', '--', '\\']

it.each([...PARSERS.keys()])(
  '%s takes a hostile line in linear time',
  (format) => {
    const parser = PARSERS.get(format)
    const started = performance.now()
    for (const part of NASTY)
      for (const start of ['', '-A INPUT ', ':x ', 'table ip x {\n', 'TCP  ', 'cat: ', '-rw-r--r-- 1 a b ']) {
        const text = `${start}${part.repeat(LONG / part.length)}x`
        try {
          parser?.parse(sectionOf(text, { command: `${format} ${text}` }))
        } catch (error) {
          expect((error as Error).name).toBe('NotUnderstood')
        }
      }
    expect(performance.now() - started).toBeLessThan(10_000)
  },
  60_000,
)
