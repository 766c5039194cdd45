/** Statements of a rule of nft as targets of the packet walk. */
import type { FilterTarget } from '../../model/facts.ts'
import { bare, type Words } from './words.ts'

/** What a statement does: `passing` changes nothing that a rule can see. undefined: not known. */
export type Statement = { readonly is: 'passing' } | { readonly is: 'target'; readonly target: FilterTarget }

const PASSING: Statement = { is: 'passing' }

export function readStatement(words: Words): Statement | undefined {
  const first = words.peek()
  if (first === 'counter') return counter(words)
  if (first === 'comment') return aside(words, 2)
  if (first === 'log') return log(words)
  if (first === 'meta' && (words.peek(1) === 'nftrace' || words.peek(1) === 'priority')) return aside(words, 4)
  if (first === 'tcp' && words.peek(1) === 'option') return skipTo(words)
  if (['add', 'update', 'delete'].includes(first) && words.peek(1).startsWith('@')) return setChange(words)
  if (first === 'flow' || first === 'last' || first === 'dup') return skipTo(words)
  if (words.take('xt', 'target')) return target(bare(words.next()))
  if (words.take('notrack')) return target('NOTRACK')
  if ((first === 'meta' && words.peek(1) === 'mark') || first === 'mark') return mark(words)
  if (first === 'ct' && words.peek(2) === 'set') return skipTo(words)
  return readVerdict(words)
}

/** accept, drop, jump … as they stand in rules and in verdict maps. */
export function readVerdict(words: Words): Statement | undefined {
  const word = words.peek()
  if (words.take('accept')) return target('ACCEPT')
  if (words.take('drop')) return target('DROP')
  if (words.take('return')) return target('RETURN')
  if (words.take('continue')) return PASSING
  if (word === 'reject') return rest(words, target('REJECT'))
  if (word === 'queue') return rest(words, target('NFQUEUE'))
  if (word === 'tproxy' || word === 'synproxy') return rest(words, target(word.toUpperCase()))
  if (word === 'masquerade') return rest(words, target('MASQUERADE'))
  if (word === 'redirect' || word === 'dnat' || word === 'snat') return nat(words)
  if (word === 'jump' || word === 'goto') {
    words.next()
    // A chain without a name of its own is not walked: no target of that name, so its effect cannot be told.
    if (words.peek() === '{') return words.braces() && target('jump { … }')
    return { is: 'target', target: { name: bare(words.next()), goto: word === 'goto', options: {} } }
  }
  return undefined
}

function target(name: string, options: FilterTarget['options'] = {}): Statement {
  return { is: 'target', target: { name, goto: false, options } }
}

function aside(words: Words, length: number): Statement {
  words.at += length
  return PASSING
}

/** A verdict with words of its own is the last thing of its rule. */
function rest(words: Words, statement: Statement): Statement {
  while (!words.done) words.next()
  return statement
}

function counter(words: Words): Statement {
  words.next()
  if (words.take('packets')) words.at += 3
  else if (words.take('name')) words.next()
  return PASSING
}

const LOG_WORDS = new Set(['prefix', 'level', 'group', 'snaplen', 'queue-threshold', 'flags'])

function log(words: Words): Statement {
  words.next()
  while (LOG_WORDS.has(words.peek())) {
    const flags = words.next() === 'flags'
    words.next()
    if (flags && /^(?:sequence|options|all)/.test(words.peek())) words.next()
  }
  return PASSING
}

/** `add @list { ip saddr timeout 1h }`. */
function setChange(words: Words): Statement {
  words.at += 2
  if (words.peek() === '{') words.braces()
  return PASSING
}

const ENDS = new Set(['accept', 'drop', 'return', 'reject', 'jump', 'goto', 'continue', 'counter', 'log', 'comment'])

function skipTo(words: Words): Statement {
  words.next()
  while (!words.done && !ENDS.has(words.peek())) words.next()
  return PASSING
}

/** `meta mark set 0x8`; what is computed from the old mark is not followed. */
function mark(words: Words): Statement | undefined {
  const length = words.peek() === 'meta' ? 2 : 1
  if (words.peek(length) !== 'set') return undefined
  words.at += length + 1
  const value = words.next()
  if (/^(?:0x[0-9a-f]+|\d+)$/i.test(value)) return target('MARK', { 'set-mark': value })
  return skipTo(words) && target('HMARK')
}

function nat(words: Words): Statement {
  const name = words.next().toUpperCase()
  while (!words.done && words.peek() !== 'to') words.next()
  words.next()
  const to = words.peek()
  const port = to.startsWith(':') ? to.slice(1) : undefined
  const options =
    name === 'REDIRECT'
      ? port === undefined
        ? {}
        : { 'to-ports': port }
      : { [name === 'DNAT' ? 'to-destination' : 'to-source']: to }
  return rest(words, target(name, /^[\d.:]+$/.test(to) ? options : {}))
}
