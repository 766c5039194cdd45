/** A shell script as a tree: commands, conditions, loops. Only as fine as questions about its end need it. */
import { type ShellToken, shellTokens } from './shell-tokens.ts'

export interface ShellCommand {
  readonly words: readonly string[]
  /** Index of its line. */
  readonly line: number
  /** How it hangs together with the one before it in its list; `|` of a pipe. */
  readonly joined: '' | '&&' | '||' | '|'
  readonly background: boolean
}

export type ShellNode =
  | { readonly is: 'list'; readonly commands: readonly ShellCommand[] }
  | {
      readonly is: 'if'
      readonly test: readonly ShellNode[]
      readonly branches: readonly ShellNode[][]
      readonly other: boolean
    }
  | { readonly is: 'block'; readonly kind: 'loop' | 'case' | 'group' | 'function'; readonly body: readonly ShellNode[] }

/** undefined: not understood. */
export function parseShell(lines: readonly string[]): readonly ShellNode[] | undefined {
  const tokens = shellTokens(lines)
  if (tokens === undefined) return undefined
  const reader = new Reader(tokens)
  const nodes = reader.nodes([])
  return reader.broken || !reader.done ? undefined : nodes
}

const DEEPEST = 40

class Reader {
  broken = false
  #at = 0
  #depth = 0
  readonly #tokens: readonly ShellToken[]

  constructor(tokens: readonly ShellToken[]) {
    this.#tokens = tokens
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length
  }

  nodes(ends: readonly string[]): ShellNode[] {
    const nodes: ShellNode[] = []
    this.#depth += 1
    if (this.#depth > DEEPEST) this.broken = true
    while (!this.broken && !this.done) {
      if (this.#isSign('\n') || this.#isSign(';') || this.#isSign('&')) this.#at += 1
      else if (ends.some((end) => this.#is(end))) break
      else nodes.push(this.#node())
    }
    if (this.done && ends.length > 0) this.broken = true
    this.#depth -= 1
    return nodes
  }

  #node(): ShellNode {
    if (this.#take('if')) return this.#if()
    if (this.#take('case')) return this.#case()
    if (this.#take('(')) return this.#block('group', ')')
    if (this.#take('{')) return this.#block('group', '}')
    if (['for', 'while', 'until', 'select'].some((word) => this.#take(word))) {
      const test = this.nodes(['do'])
      this.#expect('do')
      const { body } = this.#block('loop', 'done')
      return { is: 'block', kind: 'loop', body: [...test, ...body] }
    }
    return this.#function() ?? { is: 'list', commands: this.#list() }
  }

  #block(kind: 'loop' | 'group' | 'function', end: string) {
    const body = this.nodes([end])
    this.#expect(end)
    this.#skipTail()
    return { is: 'block', kind, body } as const
  }

  #if(): ShellNode {
    const test: ShellNode[] = []
    const branches: ShellNode[][] = []
    do {
      test.push(...this.nodes(['then']))
      this.#expect('then')
      branches.push(this.nodes(['elif', 'else', 'fi']))
    } while (!this.broken && this.#take('elif'))
    const other = this.#take('else')
    if (other) branches.push(this.nodes(['fi']))
    this.#expect('fi')
    this.#skipTail()
    return { is: 'if', test, branches, other }
  }

  #case(): ShellNode {
    const body: ShellNode[] = []
    while (!this.done && !this.#take('in')) this.#at += 1
    while (!this.broken && !this.done && !this.#is('esac')) {
      if (this.#isSign('\n') || this.#isSign(';;')) {
        this.#at += 1
        continue
      }
      while (!this.done && !this.#take(')')) this.#at += 1
      body.push(...this.nodes([';;', 'esac']))
    }
    this.#expect('esac')
    this.#skipTail()
    return { is: 'block', kind: 'case', body }
  }

  /** `name() {`, `function name {` */
  #function(): ShellNode | undefined {
    const [first, second, third] = this.#tokens.slice(this.#at, this.#at + 3)
    const posix = first?.op === false && second?.text === '(' && second.op && third?.text === ')' && third.op
    if (!posix && !(first?.text === 'function' && !first.quoted && second?.op === false)) return undefined
    this.#at += posix ? 3 : 2
    if (this.#take('(')) this.#expect(')')
    while (this.#take('\n'));
    if (!this.#take('{')) this.broken = true
    return this.#block('function', '}')
  }

  /** One command, and what `&&`, `||` and `|` join to it. A compound command inside makes the script one we do not read. */
  #list(): readonly ShellCommand[] {
    const commands: ShellCommand[] = []
    let joined: ShellCommand['joined'] = ''
    while (!this.broken) {
      const line = this.#tokens[this.#at]?.line ?? 0
      const words: string[] = []
      for (let token = this.#tokens[this.#at]; token && !token.op; token = this.#tokens[this.#at]) {
        words.push(token.text)
        this.#at += 1
      }
      const background = this.#isSign('&')
      if (words.length === 0) this.broken = true
      commands.push({ words, line, joined, background })
      const next = (['&&', '||', '|'] as const).find((sign) => this.#isSign(sign))
      if (next === undefined) break
      joined = next
      this.#at += 1
      while (this.#isSign('\n')) this.#at += 1
      if (['{', '(', 'if', 'while', 'for', 'case', 'until'].some((word) => this.#is(word))) this.broken = true
    }
    return commands
  }

  /** A redirection is gone already; a pipe or list behind `fi` or `done` is not read. */
  #skipTail(): void {
    if (['|', '&&', '||'].some((sign) => this.#isSign(sign))) this.broken = true
  }

  #is(text: string): boolean {
    const token = this.#tokens[this.#at]
    return token?.text === text && !token.quoted
  }

  #isSign(text: string): boolean {
    return this.#is(text) && this.#tokens[this.#at]?.op === true
  }

  #take(text: string): boolean {
    const found = this.#is(text)
    if (found) this.#at += 1
    return found
  }

  #expect(text: string): void {
    if (!this.#take(text)) this.broken = true
  }
}
