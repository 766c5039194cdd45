/**
 * The reader against the program itself: what `keepalived --config-test` calls an unknown keyword, line by line.
 * Needs keepalived 2.x on this machine; where there is none the test says so and is skipped.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BlockSchema, blocksIn, wordsOf } from '../../../src/parsers/keepalived/schema.ts'
import { ROOT } from '../../../src/parsers/keepalived/schema-root.ts'
import { keepalivedConf } from '../../../src/parsers/keepalived-conf.ts'
import { sectionOf } from '../section.ts'
import { askKeepalived, installedVersion } from './installed-program.ts'
import { inOrder, lostLines } from './lost-lines.ts'
import { OF_OTHER_RELEASES } from './other-releases.ts'
import { SAMPLES } from './samples.ts'

describe.skipIf(installedVersion === undefined)('keepalived itself', () => {
  it.each(Object.entries(SAMPLES))('%s', async (_name, text) => {
    const said = await askKeepalived(text)
    const theirs = inOrder(said.unknown.map(({ line }) => line))
    const all = keepalivedConf.parse(sectionOf(text)).value.problems
    const problems = all.filter(({ kind }) => kind !== 'version-dependent')
    const unknown = problems.filter(({ kind }) => kind === 'unknown-keyword' || kind === 'obsolete-keyword')
    const ours = unknown.map(({ at }) => at.line)
    expect(lostLines(text)).toEqual(theirs)
    expect(theirs).toEqual(expect.arrayContaining(ours))
    if (ours.length > 0) expect(ours[0]).toBe(theirs[0])
    if (theirs.length > 0 || said.braces) expect(problems).not.toEqual([])
    else expect(problems).toEqual([])
  })
})

/** One careless edit: a line lost or doubled, a brace lost or added, a blank in a keyword. */
const EDITS: readonly ((lines: string[], at: number, from: number) => void)[] = [
  (lines, at) => lines.splice(at, 1),
  (lines, at) => lines.splice(at, 1, (lines[at] ?? '').replace('{', '')),
  (lines, at) => lines.splice(at, 1, (lines[at] ?? '').replace('}', '')),
  (lines, at) => lines.splice(at, 0, '}'),
  (lines, at) => lines.splice(at, 1, `${lines[at]} {`),
  (lines, at) => lines.splice(at, 1, (lines[at] ?? '').replace('_', ' _')),
  (lines, at, from) => lines.splice(at, 0, lines[from] ?? ''),
]

/** Heads stay: an unnamed one ends keepalived. */
const HEAD = /vrrp_inst|virtual_server|notify/

describe.skipIf(installedVersion === undefined)('keepalived itself, of careless edits', () => {
  it('loses the lines that we say it loses', async () => {
    const other = (text: string) => text.replaceAll('VI_1', 'VI_2').replaceAll('chk', 'chk2')
    const texts = Object.values(SAMPLES).filter((text) => !/notify|vrrp_inst[\s\S]*vrrp_inst/.test(text))
    const place = fc.nat({ max: 40 })
    const edit = fc.tuple(fc.constantFrom(...EDITS), place, place)
    const texted = fc.tuple(fc.constantFrom(...texts), fc.constantFrom(...texts).map(other))
    await fc.assert(
      fc.asyncProperty(texted, fc.array(edit, { minLength: 1, maxLength: 3 }), async (pair, edits) => {
        const lines = pair.join('\n').split('\n')
        for (const [apply, at, from] of edits)
          if (!HEAD.test(`${lines[at]} ${lines[from]}`) && at < lines.length) apply(lines, at, from)
        const text = lines.join('\n')
        const { unknown, crashed } = await askKeepalived(text)
        if (!crashed) expect(lostLines(text)).toEqual(inOrder(unknown.map(({ line }) => line)))
      }),
      { numRuns: 60 },
    )
  })
})

/** What every block wants behind its keyword, and inside it, before it is read at all. */
const HEADS: Readonly<Record<string, string>> = {
  virtual_server: '10.0.0.1 80',
  real_server: '10.0.0.2 80',
  virtual_server_group: 'G',
  auth_hmac: '',
  authentication: '',
  host: '',
  url: '',
}
const URL_OF_HTTP = ['url {', 'path /', '}']

function everyBlock(schema: BlockSchema, path: readonly string[]): (readonly [readonly string[], BlockSchema])[] {
  return blocksIn(schema).flatMap(([keyword, inside]) => {
    const below = [...path, keyword]
    return [[below, inside] as const, ...everyBlock(inside, below)]
  })
}

describe.skipIf(installedVersion !== '2.2')('keepalived 2.2 knows our keywords', () => {
  it.each(everyBlock(ROOT, []).map(([path, schema]) => [path.join(' / '), path, schema] as const))(
    '%s',
    async (_name, path, schema) => {
      const lines = [
        ...path.map((keyword) => `${keyword} ${HEADS[keyword] ?? 'NAME'} {`),
        ...[...wordsOf('word', schema), ...wordsOf('obsolete', schema)].map((keyword) => `${keyword} 1 1`),
        ...wordsOf('list', schema).map((keyword) => `${keyword} {\n}`),
        ...(schema.known.get('url')?.kind === 'block' ? URL_OF_HTTP : []),
        ...path.map(() => '}'),
      ]
      const { unknown } = await askKeepalived(lines.join('\n'))
      expect(unknown.map(({ word }) => word).filter((word) => !OF_OTHER_RELEASES.has(word))).toEqual([])
    },
  )
})
