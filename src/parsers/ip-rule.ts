/** `ip rule`: the policy rules in the order the kernel tries them. */
import { parseCidr } from '../lib/ip.ts'
import { blankWords, wholeNumber } from '../lib/words.ts'
import { NotUnderstood } from '../model/errors.ts'
import { citeLine, type Parser, type Reading, type Section, type Unread, unreadLine } from '../model/evidence.ts'
import type { PolicyRule, PolicyRules } from '../model/facts.ts'
import { ipCommand, isSix } from './iproute/command.ts'
import { tableName } from './iproute/table-name.ts'

export const ipRule: Parser<PolicyRules> = { format: 'ip-rule', parse: readRules }

type Draft = { -readonly [K in keyof Omit<PolicyRule, 'at'>]: PolicyRule[K] } & { other: string[] }

const ACTIONS = new Set(['blackhole', 'unreachable', 'prohibit', 'nop'])
/** Selectors with a value that decide on more than addresses, interfaces and marks. */
const UNMODELLED = new Set([
  'tos',
  'dsfield',
  'uidrange',
  'ipproto',
  'sport',
  'dport',
  'tun_id',
  'suppress_ifgroup',
  'flowlabel',
])
const ASIDE = new Set(['proto', 'protocol', 'realms'])
const NUMBER = /^(?:0x[0-9a-f]{1,8}|\d{1,10})$/i

function readRules(section: Section): Reading<PolicyRules> {
  const rules: PolicyRule[] = []
  const unread: Unread[] = []
  section.lines.forEach((line, index) => {
    if (line.trim() === '') return
    const rule = readRule(blankWords(line))
    if (rule === undefined) unread.push(unreadLine(section, index))
    else rules.push({ ...rule, at: citeLine(section, index) })
  })
  if (rules.length === 0) throw new NotUnderstood('no rule in what ip printed')
  const command = ipCommand(section.command)
  const partial = command !== undefined && (command.piped || isSix(command) || command.rest.length > 0)
  return { value: { rules }, unread, ...(partial ? { partial: true } : {}) }
}

/** `32766: from all lookup main`; undefined when a word is not known: a rule half read would match the wrong packets. */
function readRule(words: readonly string[]): Omit<PolicyRule, 'at'> | undefined {
  const priority = words[0]?.endsWith(':') ? wholeNumber(words[0].slice(0, -1)) : undefined
  if (priority === undefined) return undefined
  const rule: Draft = { priority, not: false, action: '', other: [] }
  let at = 1
  while (at < words.length) {
    const used = readWord(rule, words[at] as string, words[at + 1])
    if (used === 0) return undefined
    at += used
  }
  return rule.action === '' ? undefined : rule
}

/** How many words it took; 0 for one it does not know or a value that does not fit. */
function readWord(rule: Draft, word: string, value: string | undefined): 0 | 1 | 2 {
  if (word === 'not') rule.not = true
  else if (word === 'l3mdev') rule.other.push(word)
  else if (ACTIONS.has(word)) rule.action = word
  else if (word !== '[detached]' && word !== '[unresolved]')
    return value === undefined ? 0 : readPair(rule, word, value)
  // `[detached]`: no such interface now, so the name in front of it matches nothing by itself.
  return 1
}

function readPair(rule: Draft, word: string, value: string): 0 | 2 {
  if (word === 'from' || word === 'to') {
    const cidr = parseCidr(value)
    if (cidr !== undefined) rule[word] = `${cidr.ip}/${cidr.prefix}`
    else if (value !== 'all') return 0
  } else if (word === 'iif' || word === 'oif') rule[word] = value
  else if (word === 'fwmark') {
    const [mark = '', mask = '0xffffffff'] = value.split('/')
    if (!NUMBER.test(mark) || !NUMBER.test(mask)) return 0
    if (Number(mark) > 0xffffffff || Number(mask) > 0xffffffff) return 0
    rule.fwmark = { value: Number(mark), mask: Number(mask) }
  } else if (word === 'lookup' || word === 'table') {
    rule.action = 'lookup'
    rule.table = tableName(value)
    // The table follows the VRF the packet came in by.
    if (value === '[l3mdev-table]') rule.other.push('l3mdev')
  } else if (word === 'goto' || word === 'suppress_prefixlength') {
    const number = wholeNumber(value)
    if (number === undefined) return 0
    if (word === 'goto') Object.assign(rule, { action: word, goto: number })
    else rule.suppressPrefix = number
  } else if (UNMODELLED.has(word)) rule.other.push(`${word} ${value}`)
  else if (!ASIDE.has(word)) return 0
  return 2
}
