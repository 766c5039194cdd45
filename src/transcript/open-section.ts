/** A hand-pasted section while it grows: which lines still belong to it. */
import { hasCjk } from '../lib/text.ts'
import { looseCommand } from './commands.ts'
import { isProse } from './prose.ts'
import type { HostName } from './recorder.ts'
import { type Shape, shapeStarting } from './shapes.ts'
import type { TypedLine } from './typed-line.ts'

export interface Growing {
  readonly id: string
  readonly order: number
  readonly who: HostName
  readonly by: 'prompt' | 'weak-prompt' | 'bare' | 'heredoc'
  readonly typed: TypedLine | undefined
  /** Source line of the command, from 1. */
  readonly commandLine: number | undefined
  readonly shape: Shape | undefined
  /** Index of the first line of output. */
  readonly start: number
  /** Index after the last line that is not blank. */
  end: number
  /** Blank lines since then. */
  blanks: number
  /** Lines behind `end` that are not in its format; they belong to it if a line in its format follows. */
  doubtful: number
  /** Open braces. */
  depth: number
}

/** An unknown line or two inside an output is a newer version of the tool; more is another text. */
const MOST_DOUBTFUL = 3

const CONF_TOP =
  /^\s*(?:[#!{}]|(?:global_defs|vrrp_\w+\s+\S+|virtual_server(?:_group)?\s+\S.{0,120})\s*$|[A-Za-z_][\w-]{0,60}(?:\s+\S.{0,200})?\{\s*(?:[#!].*)?$|(?:include|net_namespace|instance|linkbeat_use_polling|child_wait_time|@\^?\w+|\$\w+=)\b)/

/** May the line stand outside all blocks of a keepalived.conf? */
export function beginsConf(line: string): boolean {
  return CONF_TOP.test(line) || shapeStarting(line)?.format === 'keepalived-conf'
}

/** Does a line that is not blank continue the section? `fenced`: a closing fence bounds it anyway. */
export function belongs(open: Growing, line: string, fenced: boolean): 'yes' | 'perhaps' | 'no' {
  if (open.by === 'bare' && open.shape?.line !== undefined && !open.shape.braces) {
    if (open.shape.line.test(line)) return 'yes'
    return open.blanks === 0 && open.doubtful < MOST_DOUBTFUL && !isForeign(line) ? 'perhaps' : 'no'
  }
  return continues(open, line, fenced) ? 'yes' : 'no'
}

function continues(open: Growing, line: string, fenced: boolean): boolean {
  if (open.shape?.braces) return continuesBlocks(open, line, fenced)
  const fits = open.shape?.line?.test(line)
  if (fits === true) return true
  if (open.by === 'weak-prompt' && looseCommand(line) !== undefined) return false
  const started = open.end > open.start
  if (fits === false) {
    if (!started) return isMessage(line) || !(open.blanks > 0 ? isProse(line) : hasCjk(line))
    return open.blanks === 0 && (isMessage(line) || !hasCjk(line))
  }
  if (open.shape?.format === 'script') return true
  return isMessage(line) || !hasCjk(line) || (fenced && open.blanks === 0)
}

/** `-bash: ipvsadm: …`: a tool speaks, in whatever language. */
function isMessage(line: string): boolean {
  return /^-?[\w./[\]-]{1,40}: \S/.test(line)
}

function isForeign(line: string): boolean {
  return isProse(line) || shapeStarting(line) !== undefined || looseCommand(line) !== undefined
}

/** keepalived.conf and nft: until the braces are closed and something else begins. */
function continuesBlocks(open: Growing, line: string, fenced: boolean): boolean {
  const comment = /^\s*[#!]/.test(line)
  if (comment) return true
  const prose = open.blanks > 0 && hasCjk(withoutComments(line))
  if (open.depth > 0) return !prose || fenced
  if (open.by !== 'bare') return !prose
  if (open.shape?.format !== 'keepalived-conf') return open.shape?.line?.test(line) === true
  return beginsConf(line)
}

/** keepalived: `#` and `!` begin a comment where a word could begin. */
function withoutComments(line: string): string {
  return line.replace(/"[^"]*"/g, '').replace(/(?:^|\s)[#!].*$/, '')
}

/** Braces that a line opens, less those it closes; comments and quoted words do not count. */
export function braceBalance(line: string): number {
  const code = withoutComments(line)
  let depth = 0
  for (let i = 0; i < code.length; i += 1) {
    const char = code.charCodeAt(i)
    if (char === 123) depth += 1
    else if (char === 125) depth -= 1
  }
  return depth
}
