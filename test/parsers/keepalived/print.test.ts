/** A tree printed as text: read again it is the same tree, to us and to keepalived. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how keepalived writes its variables
import { describe, expect, it } from 'vitest'
import type { ConfNode, ConfProblem } from '../../../src/model/facts.ts'
import { printConf } from '../../../src/parsers/keepalived/print.ts'
import { keepalivedConf } from '../../../src/parsers/keepalived-conf.ts'
import { sectionOf } from '../section.ts'
import { type Sample, samplesOfSchema } from './corpus.ts'
import { canDump, dumpOf } from './dump.ts'
import { configurationsOfFixtures, unmask } from './fixture-confs.ts'
import { askAll, installedVersion } from './installed-program.ts'
import { SAMPLES } from './samples.ts'

const read = (text: string) => keepalivedConf.parse(sectionOf(text)).value

/** A tree without places. */
function shape(nodes: readonly ConfNode[]): unknown {
  return nodes.map(({ keyword, args, children, only }) => [keyword, args, only, children && shape(children)])
}

const BROKEN: ReadonlySet<ConfProblem['kind']> = new Set([
  'unexpected-brace',
  'missing-opening-brace',
  'extra-closing-brace',
  'missing-closing-brace',
  'unterminated-quote',
])

/** Configurations whose braces are in order: of others, two texts cannot be told apart from one. */
function corpus(): Sample[] {
  const samples = Object.entries(SAMPLES).map(([name, text]) => ({ name, text }))
  const some = samplesOfSchema().filter((_, index) => index % 13 === 5)
  return [...configurationsOfFixtures(), ...samples, ...some].filter(
    ({ text }) => !read(text).problems.some(({ kind }) => BROKEN.has(kind)) && !/_path|cat:/.test(text),
  )
}

describe('a printed configuration', () => {
  const samples = corpus()

  it('reads to the same tree, and prints the same again', () => {
    expect(samples.length).toBeGreaterThan(250)
    for (const { name, text } of samples) {
      const { root } = read(text)
      const printed = printConf(root)
      expect(shape(read(printed).root), name).toEqual(shape(root))
      expect(printConf(read(printed).root), name).toBe(printed)
    }
  })

  it('has definitions, sequences and quotes put in', () => {
    const text = '$N=5\nvrrp_instance A { priority $N\n~SEQ(I,1,2) vrf a${I}\nnotify "/x {#}" # why\n@lb1 debug 1\n}'
    expect(printConf(read(text).root)).toBe(
      'vrrp_instance A {\n    priority 5\n    vrf a1\n    vrf a2\n    notify "/x {#}"\n    @lb1 debug 1\n}\n',
    )
  })

  it.skipIf(installedVersion === undefined)(
    'is accepted by keepalived as the original is',
    { timeout: 300_000 },
    async () => {
      const chosen = samples.filter((_, index) => index % 3 === 0)
      const before = await askAll(chosen.map(({ text }) => text))
      const after = await askAll(chosen.map(({ text }) => unmask(printConf(read(text).root))))
      const words = (said: (typeof before)[number] | undefined) =>
        said?.crashed ? 'crashed' : said?.complaints.map(({ text }) => text.replace(/^\([^)]*Line \d+\) /, ''))
      for (const [index, { name }] of chosen.entries()) expect(words(after[index]), name).toEqual(words(before[index]))
    },
  )

  it.skipIf(!canDump)('is dumped by keepalived as the original is', { timeout: 60_000 }, async () => {
    const script = SAMPLES['a script and a group'] ?? ''
    // Services are dumped only where the kernel has IPVS: their texts are compared above.
    for (const text of [SAMPLES.healthy ?? '', script, GLUED]) {
      const [original, printed] = await Promise.all([dumpOf(text), dumpOf(unmask(printConf(read(text).root)))])
      expect(original.join('\n')).toContain('< Global definitions >')
      expect(printed).toEqual(original)
    }
  })
})

const GLUED = `$P=77
global_defs{router_id "A B"
vrrp_version 3}
vrrp_instance VI_1{interface eth0
virtual_router_id 5
priority $P # \${P}
~SEQ(N,1,3) garp_master_repeat $N
virtual_ipaddress{10.0.0.200/24 dev eth0 label eth0:1}}`
