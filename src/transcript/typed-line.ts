/** A typed line: what it prints, which file it shows, where it runs. */
import { effective, outputFile } from './effective.ts'
import { formatOfPath } from './path-format.ts'
import { formatOfCommand } from './shapes.ts'
import { splitPipe, tokens, withoutComment } from './words.ts'

export interface TypedLine {
  /** Without a trailing comment. */
  readonly command: string
  readonly format?: string
  /** File whose text is the output. */
  readonly path?: string
  /** Another host, of `ssh HOST command`. */
  readonly host?: string
  /** Shows only a part (one device, one chain, lines that grep let through): absence proves nothing. */
  readonly partial: boolean
  /** An editor prints nothing, but authors put the file's text behind it. */
  readonly editor: boolean
  /** Terminator of a here-document. */
  readonly heredoc?: string
}

const KEYED = new Set(['sysctl', 'sysctl-conf', 'nstat'])
/** Lines mean nothing without the lines above them. */
const NESTED = new Set([
  'ip-addr',
  'ip-link',
  'iptables-save',
  'iptables-list',
  'nft',
  'arptables',
  'ipvsadm',
  'ipvsadm-stats',
  'keepalived-conf',
  'systemctl-status',
])
const EDITORS = /^(?:vi|vim|nano|emacs|gedit|view)$/
const FILE_FORMATS = new Set(['keepalived-conf', 'sysctl-conf', 'script'])

export function readTyped(text: string): TypedLine {
  const command = withoutComment(text)
  const away = throughSsh(command)
  if (away !== undefined) return { ...readTyped(away.command), command, host: away.host }
  const run = effective(command)
  const words = run?.words ?? []
  const here = heredocOf(command)
  if (here !== undefined) return { command, partial: false, editor: false, ...here }
  if (EDITORS.test(words[0] ?? '')) return { command, partial: false, editor: true, ...editedFile(words) }
  const printed = formatOfCommand(command)
  const format = printed !== undefined && run?.picked === true && NESTED.has(printed) ? undefined : printed
  const path = run === undefined ? undefined : printedFile(words)
  return {
    command,
    ...(format === undefined ? {} : { format }),
    ...(path === undefined ? {} : { path }),
    partial:
      run !== undefined && format !== undefined && !KEYED.has(format) && (run.filtered || isNarrow(format, words)),
    editor: false,
  }
}

function editedFile(words: readonly string[]): { path?: string; format?: string } {
  const path = words.slice(1).find((word) => !/^[-+]/.test(word))
  const format = path === undefined ? undefined : formatOfPath(path)
  return path === undefined || format === undefined || !FILE_FORMATS.has(format) ? {} : { path, format }
}

function printedFile(words: readonly string[]): string | undefined {
  const [name = '', ...args] = words
  if (!/^(?:cat|tac|more|less|head|tail|grep|egrep|fgrep|zcat|zgrep)$/.test(name)) return undefined
  const files = args.filter((word) => word.startsWith('/') || /\.(?:conf|sh)$/.test(word))
  const [only] = files
  return files.length === 1 && only !== undefined && !/[*?[{]/.test(only) ? only : undefined
}

/** Does the command ask for a part of what the format can show? */
function isNarrow(format: string, words: readonly string[]): boolean {
  const [name = '', ...args] = words
  if (/^(?:head|tail|grep|egrep|fgrep|zgrep)$/.test(name)) return true
  const plain = args.filter((arg) => !arg.startsWith('-'))
  if (name === 'ip')
    return plain.length > 2 && !['ip-route', 'ip-rule'].includes(format) ? narrowsDevice(plain) : plain.includes('dev')
  if (name.startsWith('iptables') || name.startsWith('arptables')) {
    const at = args.findIndex((arg) => /^-[a-zA-Z]*[SL]|^--list/.test(arg))
    return at !== -1 && /^[A-Za-z]/.test(args[at + 1] ?? '')
  }
  if (name === 'nft') return !args.includes('ruleset')
  if (name === 'ipvsadm') return args.some((arg) => /^-[tuf]$/.test(arg))
  return name === 'ss' || name === 'journalctl' || name === 'arp' ? plain.length > 0 : false
}

function narrowsDevice(plain: readonly string[]): boolean {
  const [, , ...rest] = plain
  return rest.some((word) => word !== 'all')
}

const SSH_VALUE = /^-[bcDEeFIiJLlmOopQRSWw]$/

function throughSsh(command: string): { host: string; command: string } | undefined {
  const list = tokens(command)
  const words = list.map((token) => token.word)
  let i = words[0] === 'sudo' ? 1 : 0
  if (words[i] === 'sshpass') i += words[i + 1] === '-p' ? 3 : 2
  if (words[i] !== 'ssh') return undefined
  i += 1
  while (words[i]?.startsWith('-')) i += SSH_VALUE.test(words[i] ?? '') ? 2 : 1
  const host = words[i]?.replace(/^[^@]*@/, '')
  const rest = list.slice(i + 1)
  if (host === undefined || host === '' || rest[0] === undefined || rest[0].op) return undefined
  const [quoted] = rest
  return { host, command: rest.length === 1 ? quoted.word : command.slice(quoted.start) }
}

/** `cat > FILE <<EOF`: what follows is the file's text. */
function heredocOf(command: string): { heredoc: string; path?: string; format?: string } | undefined {
  const list = tokens(command)
  const at = list.findIndex((token) => token.op && /^<<-?$/.test(token.word))
  const heredoc = at === -1 ? undefined : list[at + 1]?.word
  if (heredoc === undefined || heredoc === '') return undefined
  const [first = []] = splitPipe(list)
  const tee = list.findIndex((token) => token.word === 'tee')
  const path =
    outputFile(first) ??
    (tee === -1 ? undefined : list.slice(tee + 1).find((token) => token.word.startsWith('/'))?.word)
  const format = path === undefined ? undefined : formatOfPath(path)
  return { heredoc, ...(path === undefined || format === undefined ? {} : { path, format }) }
}

/** Exit status that a shell's or tool's own words give away. */
export function exitOf(lines: readonly string[]): number | undefined {
  const said = lines.filter((line) => line.trim() !== '').slice(0, 3)
  if (said.length === 0 || said.length > 2) return undefined
  if (/(?:command not found|: not found|未找到命令|找不到命令)\s*\.*$/.test(said[0] ?? '')) return 127
  // In brackets a log of keepalived has it: `send advert error 1 (Operation not permitted)`.
  if (said.every((line) => /(?:permission denied|(?<!\()operation not permitted|权限不够|must be root)/i.test(line)))
    return 126
  return undefined
}
