/** One block of a hand-pasted text: prompts, bare outputs, loose commands, prose. */

import { isBlank } from '../lib/text.ts'
import type { Section } from '../model/evidence.ts'
import { looseCommand } from './commands.ts'
import { beginsConf, belongs, braceBalance, type Growing } from './open-section.ts'
import { type Prompt, strongPrompt, weakPrompt } from './prompt.ts'
import { isFiller, isProse } from './prose.ts'
import type { HostName, Recorder } from './recorder.ts'
import { isScript, readScript } from './script.ts'
import { refine, type Shape, shapeOf, shapeStarting } from './shapes.ts'
import { exitOf, type TypedLine } from './typed-line.ts'

export interface BlockText {
  readonly lines: readonly string[]
  /** Source line (from 0) of `lines[0]`. */
  readonly offset: number
  readonly kind: 'fence' | 'between' | 'plain'
}

/** In these, `# words` is a comment even where the words are a command. */
const COMMENTED = new Set(['keepalived-conf', 'sysctl-conf', 'script', 'iptables-save', 'nft', 'os-release'])

/** Between fences only what can hardly be a sentence or a caption is worth a word. */
const LIKE_OUTPUT = /[=<>{}|;]|\d[.:]\d|\S\s{3,}\S/

export function readBlock(block: BlockText, byDefault: HostName, record: Recorder): void {
  new BlockReader(block, byDefault, record).run()
}

class BlockReader {
  private open: Growing | undefined
  /** Host of the prompt seen last. */
  private prompted: HostName | undefined
  /** A command without prompt whose output may follow. */
  private proposed: { typed: TypedLine; line: number } | undefined
  /** Index of the line that is being read. */
  private at = 0
  private readonly weak: boolean

  constructor(
    private readonly block: BlockText,
    private readonly byDefault: HostName,
    private readonly record: Recorder,
  ) {
    // Where real prompts stand, `# words` is output or comment.
    this.weak = !block.lines.some((line) => strongPrompt(line) !== undefined)
  }

  run(): void {
    const { lines } = this.block
    for (let i = 0; i < lines.length; i += 1) {
      i = this.line(i, lines[i] ?? '')
      if (i === lines.length - 1) i = this.close(false) ?? i
    }
  }

  /** Returns the index of the last line it used. */
  private line(i: number, text: string): number {
    this.at = i
    if (this.open?.by === 'heredoc') return this.heredoc(i, text)
    if (isBlank(text)) {
      if (this.open !== undefined) this.open.blanks += 1
      return i
    }
    const prompt = this.promptOf(text)
    if (prompt !== undefined) return this.close(!this.breaksOff(prompt)) ?? this.prompt(i, prompt)
    if (this.open !== undefined) {
      const fit = belongs(this.open, text, this.block.kind === 'fence')
      if (fit === 'yes') this.grow(i, text)
      else if (fit === 'perhaps') this.open.doubtful += 1
      if (fit !== 'no') return i
      const last = this.close(false)
      if (last !== undefined) return last
    }
    return this.loose(i, text)
  }

  /** Open braces, and then another host's prompt: whoever put the texts together has cut this one. */
  private breaksOff({ host }: Prompt): boolean {
    const { open } = this
    return open !== undefined && open.depth > 0 && host !== undefined && host !== open.who.host
  }

  private promptOf(text: string): (Prompt & { weak?: true }) | undefined {
    const strong = strongPrompt(text)
    if (strong !== undefined || !this.weak) return strong
    const weak = weakPrompt(text)
    if (weak !== undefined && this.isComment(text)) return undefined
    return weak === undefined ? undefined : { ...weak, weak: true }
  }

  /** `# words` inside a file. What a tool prints has no comments with commands, and a configuration is over once another output follows. */
  private isComment(text: string): boolean {
    const { open } = this
    const format = open?.shape?.format ?? ''
    if (open === undefined || !/^\s*#/.test(text) || !COMMENTED.has(format)) return false
    if (open.by === 'weak-prompt' && open.typed?.path === undefined) return false
    if (format !== 'keepalived-conf' || open.depth > 0 || open.end === open.start) return true
    const { lines } = this.block
    const next = lines.slice(this.at + 1, this.at + 4).find((line) => !isBlank(line))
    return next === undefined || beginsConf(next)
  }

  private prompt(i: number, prompt: Prompt & { weak?: true }): number {
    this.proposed = undefined
    this.prompted = prompt.host === undefined ? this.byDefault : { host: prompt.host, hostBy: 'prompt' }
    let last = i
    let command = prompt.command
    // A line that ends in a backslash goes on behind the secondary prompt.
    while (command.endsWith('\\') && last + 1 < this.block.lines.length && last - i < 50) {
      last += 1
      command = `${command.slice(0, -1).trim()} ${(this.block.lines[last] ?? '').replace(/^> ?/, '').trim()}`
    }
    if (command === '' || command.startsWith('#')) return last
    const typed = this.record.typedLine(command)
    const who: HostName = typed.host === undefined ? this.prompted : { host: typed.host, hostBy: 'prompt' }
    this.record.typed(who, this.block.offset + i + 1, typed.command, 'prompt', this.record.nextId())
    this.begin(
      typed.heredoc === undefined ? (prompt.weak ? 'weak-prompt' : 'prompt') : 'heredoc',
      last + 1,
      who,
      typed,
      i,
    )
    return last
  }

  private begin(
    by: Growing['by'],
    start: number,
    who: HostName,
    typed: TypedLine | undefined,
    line: number | undefined,
    shape?: Shape,
  ): void {
    const { id, order } = this.record.open()
    this.open = {
      id,
      order,
      who,
      by,
      typed,
      commandLine: line === undefined ? undefined : this.block.offset + line + 1,
      shape: shape ?? (typed?.format === undefined ? undefined : shapeOf(typed.format)),
      start,
      end: start,
      blanks: 0,
      doubtful: 0,
      depth: 0,
    }
  }

  private grow(i: number, text: string): void {
    if (this.open === undefined) return
    this.open.end = i + 1
    this.open.blanks = 0
    this.open.doubtful = 0
    // One brace too many must not hide the blocks that follow it.
    if (this.open.shape?.braces) this.open.depth = Math.max(0, this.open.depth + braceBalance(text))
  }

  private heredoc(i: number, text: string): number {
    if (text.replace(/^> ?/, '').trim() === this.open?.typed?.heredoc) this.close(true)
    else this.grow(i, text)
    return i
  }

  private loose(i: number, text: string): number {
    const who = this.prompted ?? this.byDefault
    const shape = shapeStarting(text) ?? this.headWithoutBrace(i, text)
    if (shape !== undefined) {
      const found = this.fromProposal(shape)
      this.begin('bare', i, who, found?.typed, found?.line, found?.shape ?? shape)
      this.grow(i, text)
      return i
    }
    const command = looseCommand(text)
    if (command !== undefined) {
      const typed = this.record.typedLine(command)
      this.record.typed(who, this.block.offset + i + 1, command, 'loose')
      this.proposed = { typed, line: i }
      if (typed.heredoc !== undefined) this.begin('heredoc', i + 1, who, typed, i)
      return i
    }
    if (isFiller(text)) return i
    this.proposed = undefined
    if (isProse(text)) {
      // Between sentences another host may be meant.
      if (this.block.kind !== 'fence') this.prompted = undefined
    } else if (this.block.kind !== 'between' || LIKE_OUTPUT.test(text)) {
      this.record.miss(this.block.offset + i + 1)
    }
    return i
  }

  /** `vrrp_instance VI_1` with its brace on the next line. */
  private headWithoutBrace(i: number, text: string): Shape | undefined {
    if (!/^\s*(?:global_defs|vrrp_\w+|virtual_server)\b[^{]{0,120}$/.test(text)) return undefined
    return /^\s*\{/.test(this.block.lines[i + 1] ?? '') ? shapeOf('keepalived-conf') : undefined
  }

  /** `ip a` and then, without a prompt, its output: the output has a command after all. */
  private fromProposal(shape: Shape): { typed: TypedLine; line: number; shape: Shape } | undefined {
    const { proposed } = this
    this.proposed = undefined
    if (proposed === undefined) return undefined
    const { format } = proposed.typed
    // `net.x = y` behind an editor of sysctl.conf is the file, not the kernel.
    const file = format === 'sysctl-conf' && shape.format === 'sysctl' ? shapeOf('sysctl-conf') : undefined
    const alike = format === shape.format || refinesTo(shape.format, format)
    return alike || file !== undefined ? { ...proposed, shape: file ?? shapeOf(format ?? '') ?? shape } : undefined
  }

  /** Ends the open section. Returns the index of its last line when doubtful lines behind it are to be read again. */
  private close(vouched: boolean): number | undefined {
    const { open } = this
    this.open = undefined
    if (open === undefined) return undefined
    const { typed, who } = open
    const raw = this.block.lines.slice(open.start, open.end)
    const lines =
      open.by === 'heredoc' && raw.every((line) => /^>/.test(line)) ? raw.map((line) => line.replace(/^> ?/, '')) : raw
    const format = this.formatOf(open, lines)
    const exit = open.by === 'prompt' || open.by === 'weak-prompt' ? exitOf(lines) : undefined
    const firstLine = this.block.offset + open.start + 1
    const section: Section = {
      id: open.id,
      source: this.record.source.name,
      ...who,
      command: typed?.command ?? '',
      ...(format === undefined ? {} : { shape: format }),
      ...(exit === undefined ? {} : { exit }),
      lines,
      firstLine,
      ...(open.commandLine === undefined ? {} : { commandLine: open.commandLine }),
      ...(typed?.path === undefined || format === undefined ? {} : { path: typed.path }),
      order: open.order,
      whole: vouched && open.doubtful === 0 && typed?.partial !== true,
    }
    this.record.sections.push(section)
    if (format === 'script') readScript(this.record, who, lines, firstLine, open.id)
    return open.doubtful > 0 ? open.end - 1 : undefined
  }

  private formatOf(open: Growing, lines: readonly string[]): string | undefined {
    const format = open.shape?.format
    const { typed } = open
    if (typed?.editor && !lines.some((line) => !isBlank(line))) return undefined
    if (typed?.editor && format === 'keepalived-conf' && !lines.some((line) => shapeStarting(line)?.format === format))
      return undefined
    if (open.by === 'bare' && typed === undefined && format !== undefined) return refine(format, lines)
    if (format === undefined && /\bcat\b/.test(typed?.command ?? '') && isScript(lines)) return 'script'
    return format
  }
}

/** Formats whose first lines are alike. */
function refinesTo(seen: string, said: string | undefined): boolean {
  if (said === undefined) return false
  return (
    (seen === 'ip-addr' && said === 'ip-link') ||
    (seen === 'ipvsadm' && said === 'ipvsadm-stats') ||
    (seen === 'iptables-list' && said === 'arptables')
  )
}
