/** A text cut into blocks: fenced code of a Markdown document, and what stands between. */
import { indentOf, isBlank } from '../lib/text.ts'

export interface Block {
  /** 0-based, `end` excluded. */
  readonly start: number
  readonly end: number
  readonly kind: 'fence' | 'between' | 'plain'
  /** Address in the heading above, which names the host of a fence without prompt. */
  readonly heading?: string
}

const FENCE = /^ {0,12}(`{3,}|~{3,})\s{0,4}([\w+#.{}-]{0,40})[^`~]{0,80}$/
const HEADING = /^ {0,3}(#{1,6})\s+(\S.*)$/

/** Blocks of lines[from, to). A text without fences is one plain block. */
export function blocksOf(lines: readonly string[], from: number, to: number): Block[] {
  const blocks: Block[] = []
  const headings = new Headings()
  let start = skipFrontMatter(lines, from, to)
  let open: string | undefined
  for (let i = start; i < to; i += 1) {
    const line = lines[i] ?? ''
    const fence = line.includes('```') || line.includes('~~~') ? FENCE.exec(line)?.[1] : undefined
    if (open === undefined && fence === undefined) headings.see(line)
    if (fence === undefined || (open !== undefined && !closes(line, open))) continue
    push(blocks, { start, end: i, kind: open === undefined ? 'between' : 'fence', ...headings.host() })
    open = open === undefined ? fence : undefined
    start = i + 1
  }
  const plain = blocks.length === 0 && open === undefined
  if (plain) return [{ start: from, end: to, kind: 'plain' }]
  push(blocks, { start, end: to, kind: open === undefined ? 'between' : 'fence', ...headings.host() })
  return blocks
}

function closes(line: string, open: string): boolean {
  const text = line.trim()
  return text.length >= open.length && text === (open[0] ?? '').repeat(text.length)
}

function push(blocks: Block[], block: Block): void {
  if (block.end > block.start) blocks.push(block)
}

/** `---` … `---` at the very top of a blog source. */
function skipFrontMatter(lines: readonly string[], from: number, to: number): number {
  if (lines[from]?.trim() !== '---') return from
  for (let i = from + 1; i < Math.min(to, from + 60); i += 1) if (lines[i]?.trim() === '---') return i + 1
  return from
}

/** Addresses named by the headings that are in force, innermost last. */
class Headings {
  private readonly stack: { level: number; host: string | undefined }[] = []

  see(line: string): void {
    const found = line.includes('#') ? HEADING.exec(line) : null
    if (found === null) return
    const level = found[1]?.length ?? 1
    while ((this.stack.at(-1)?.level ?? 0) >= level) this.stack.pop()
    this.stack.push({ level, host: onlyHost(found[2] ?? '') })
  }

  host(): { heading?: string } {
    const host = this.stack.findLast((entry) => entry.host !== undefined)?.host
    return host === undefined ? {} : { heading: host }
  }
}

/** The one IPv4 address of a heading; a network, or an address that several nodes share, names no host. */
function onlyHost(heading: string): string | undefined {
  if (/vip|virtual|虚拟|浮动/i.test(heading)) return undefined
  const found = [
    ...heading.slice(0, 300).matchAll(/(?<![\d.])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?![\d./]|\.\d)/g),
  ]
  const [first] = found
  if (first === undefined || found.some((other) => other[0] !== first[0])) return undefined
  const octets = first.slice(1, 5).map(Number)
  const [head = 0] = octets
  return octets.some((octet) => octet > 255) || head === 0 || head === 127 || head > 223 ? undefined : octets.join('.')
}

/** Lines of a block without the indentation they share (code inside a list item), where `makes` finds sense only then. */
export function dedent(lines: readonly string[], makes: (line: string) => boolean): readonly string[] {
  const first = lines.find((line) => !isBlank(line))
  if (first === undefined || indentOf(first) === 0) return lines
  let shared = Number.POSITIVE_INFINITY
  for (const line of lines) if (!isBlank(line)) shared = Math.min(shared, indentOf(line))
  if (shared === 0 || !makes(first.slice(shared))) return lines
  return lines.map((line) => line.slice(Math.min(shared, indentOf(line))))
}

/**
 * Code as Markdown and forums indent it: a run of lines behind a blank one, indented by four or more, that begins with what `makes`
 * sense. Lines without that indentation; all others as they are. Output that is indented by nature follows a line that is not.
 */
export function outdentCode(lines: readonly string[], makes: (line: string) => boolean): readonly string[] {
  let out: string[] | undefined
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i] ?? ''
    const depth = indentOf(line)
    if (depth < CODE_INDENT || isBlank(line) || (i > 0 && !isBlank(lines[i - 1] ?? ''))) continue
    if (!makes(line.slice(depth))) continue
    out ??= [...lines]
    for (; i < lines.length; i += 1) {
      const code = lines[i] ?? ''
      if (!isBlank(code) && indentOf(code) < depth) break
      out[i] = code.slice(depth)
    }
  }
  return out ?? lines
}

const CODE_INDENT = 4
