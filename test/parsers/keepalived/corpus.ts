/** Configurations made from the schema: every keyword with right and wrong arguments, and careless edits of them. */
import { type BlockSchema, blocksIn, type Entry, VALUES } from '../../../src/parsers/keepalived/schema.ts'
import { ROOT } from '../../../src/parsers/keepalived/schema-root.ts'
import { SPECIAL_SAMPLES } from './corpus-special.ts'

export interface Sample {
  /** `vrrp_instance / priority 256`. */
  readonly name: string
  readonly text: string
}

/** Names that every configuration of the corpus defines, for what refers to them. */
const PRELUDE = `vrrp_script CHK { script /bin/true }
track_file TF { file /tmp/x }
vrrp_track_process TP { process foo }
bfd_instance BI { neighbor_ip 10.9.9.9 }
virtual_server_group VG { 10.8.0.1 80 }`

/** What a block wants behind its keyword, and inside it to be kept. */
const HEADS: Readonly<Record<string, string>> = {
  virtual_server: '10.0.0.1 80',
  real_server: '10.0.0.2 80',
  SSL: '',
  global_defs: '',
}
const ESSENTIALS: Readonly<Record<string, string>> = {
  vrrp_instance: 'virtual_router_id 5',
  vrrp_script: 'script /bin/true',
  vrrp_track_process: 'process foo',
  track_file: 'file /tmp/y',
  vrrp_track_file: 'file /tmp/y',
  bfd_instance: 'neighbor_ip 10.9.9.8',
  garp_group: 'garp_interval 0.1',
  url: 'path /',
  HTTP_GET: 'url { path / }',
  SSL_GET: 'url { path / }',
  MISC_CHECK: 'misc_path /bin/true',
  FILE_CHECK: 'track_file TF',
  BFD_CHECK: 'name BI',
}
const NAMED = /^(?:vrrp_|track_|bfd_instance|virtual_server_group)/

/** One configuration for each keyword and each kind of argument. */
export function samplesOfSchema(): Sample[] {
  return everyBlock(ROOT, []).flatMap(([path, schema]) =>
    [...schema.known].flatMap(([keyword, entry]) =>
      linesFor(keyword, entry).map((lines) => ({
        name: [...path, lines.join(' ; ')].join(' / '),
        text: wrap(path, lines),
      })),
    ),
  )
}

function everyBlock(schema: BlockSchema, path: readonly string[]): (readonly [readonly string[], BlockSchema])[] {
  const inner = [...blocksIn(schema)].flatMap(([keyword, inside]) => everyBlock(inside, [...path, keyword]))
  return [[path, schema], ...inner]
}

function wrap(path: readonly string[], lines: readonly string[]): string {
  const open = path.map((keyword, depth) => {
    const own =
      depth === path.length - 1 && lines.some((line) => line.split(' ')[0] === ESSENTIALS[keyword]?.split(' ')[0])
    const head = HEADS[keyword] ?? (NAMED.test(keyword) ? 'NAME' : '')
    return [`${keyword} ${head} {`, ...(ESSENTIALS[keyword] === undefined || own ? [] : [ESSENTIALS[keyword]])].join(
      '\n',
    )
  })
  return [PRELUDE, ...open, ...lines, ...path.map(() => '}')].join('\n')
}

/** Runs of lines that show what a keyword takes. */
function linesFor(keyword: string, entry: Entry): string[][] {
  if (entry.kind === 'block')
    return headsFor(keyword, entry).map((head) => [`${keyword} ${head} {`, ESSENTIALS[keyword] ?? '', '}'])
  if (entry.inside === VALUES) {
    const named = keyword === 'virtual_server_group' ? ' LIST' : ''
    return valuesFor(entry.rule, keyword).map((value) => [`${keyword}${named} {`, value, '}'])
  }
  const values = valuesFor(entry.rule, keyword)
  const lines = values.map((value) => [`${keyword} ${value}`])
  const right = values[0] ?? ''
  return entry.rule?.startsWith('*') ? [...lines, [`${keyword} ${right}`, `${keyword} ${right}`]] : lines
}

function headsFor(keyword: string, { head }: Entry): readonly string[] {
  if (head === undefined) return [NAMED.test(keyword) ? 'OTHER' : '']
  return SPECIAL_SAMPLES[head.split(':')[0] ?? ''] ?? SPECIAL_SAMPLES['@named'] ?? []
}

/** Right ones first. */
function valuesFor(rule: string | undefined, keyword: string): readonly string[] {
  if (rule === undefined) return keyword === 'script' ? ['/bin/true'] : ['1', '']
  const [, special, name = '', rest = ''] = /^\*?[?+]?(@?)(\w*)(?::(.*))?$/.exec(rule) ?? []
  if (special === '@') return SPECIAL_SAMPLES[rule.replace(/^\*?[?+]?/, '')] ?? SPECIAL_SAMPLES[`@${name}`] ?? []
  const [low = '0', high = '99999999'] = rest.split(':')
  const words = rest.split('|')
  switch (name) {
    case 'uint':
    case 'only_uint':
    case 'int':
      return [low, high, `${BigInt(low) - 1n}`, `${BigInt(high) + 1n}`, 'abc', '1x', '""', '', `+${high}`, `${low} 7`]
    case 'ints':
      return ['0', '0 1', 'x', '-1', '']
    case 'dec':
    case 'ms':
      return [low, high, '-1', 'abc', '1.2.3', '1.0000001', '', '.', '5.', '99999999999', '0']
    case 'bool':
      return ['yes', 'off', 'true', '', 'maybe', 'TRUE', '1']
    case 'one':
    case 'ONE':
      return [...words, words[0]?.toLowerCase() ?? '', 'nonsense', '']
    case 'text':
    case 'only_text':
      return ['abc', 'a b', '', ...(rest === '' ? [] : ['a'.repeat(Number(low)), 'a'.repeat(Number(low) + 1)])]
    case 'script':
      return ['/bin/true', '"/bin/true a b"', '']
    case 'ip':
      return ['10.0.0.1', 'fe80::1', '10.0.0.256', '10.0.0.1/24', 'host', '010.0.0.1', '::ffff:10.0.0.1', '']
    case 'mcast':
    case 'mcast4':
    case 'mcast6':
      return ['224.0.0.18', 'ff02::12', '10.0.0.1', 'ff05::1', 'fe80::1', 'x', '']
    case 'weight':
      return [low, `-${low}`, `${Number(low) + 1}`, '5 reverse', '5 noreverse', '5 x', 'x', '']
    default:
      return ['1']
  }
}

/** mulberry32: the same numbers on every run. */
export function randomOf(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return Math.floor((((value ^ (value >>> 14)) >>> 0) / 4294967296) * below)
  }
}

const SIGNS = ['{', '}', '"', ' ', '\n', '#', '!', '0', '9', '-', 'x', '@', '$A', '\\', '_']

/** A text with a few characters, words or lines changed, taken away, doubled or moved. */
export function mutate(text: string, random: (below: number) => number): string {
  const lines = text.split('\n')
  for (let count = 1 + random(3); count > 0; count--) {
    const at = random(lines.length)
    const line = lines[at] ?? ''
    const place = random(line.length + 1)
    const kind = random(6)
    if (kind === 0) lines.splice(at, 1)
    else if (kind === 1) lines.splice(at, 0, lines[random(lines.length)] ?? '')
    else if (kind === 2) lines[at] = line.slice(0, place) + line.slice(place + 1)
    else if (kind === 3) lines[at] = line.slice(0, place) + SIGNS[random(SIGNS.length)] + line.slice(place)
    else if (kind === 4) lines[at] = line.split(' ').slice(0, -1).join(' ')
    else lines[at] = line.replace(/\d+/, () => `${random(400)}`)
  }
  return lines.join('\n')
}
