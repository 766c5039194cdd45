/** Words, numbers and addresses inside a block. */
import type { Cite } from '../../model/evidence.ts'
import type { ConfNode, ConfNumber, ConfWord } from '../../model/facts.ts'
import { placeOf } from './node.ts'

/**
 * The last node of a keyword: keepalived lets a later line overwrite an earlier one. Where that line is for other hosts
 * perhaps, nobody can tell: undefined.
 */
export function last(nodes: readonly ConfNode[], ...keywords: readonly string[]): ConfNode | undefined {
  const node = nodes.findLast((one) => keywords.includes(one.keyword))
  return node?.only === undefined ? node : undefined
}

/** All blocks of a keyword, as read. */
export function blocksOf(nodes: readonly ConfNode[], keyword: string): readonly ConfNode[] {
  return nodes.filter((node) => node.keyword === keyword && node.children !== undefined && node.only === undefined)
}

/** Lines inside every block of a keyword: a second `virtual_ipaddress` adds to the first. */
export function linesOf(nodes: readonly ConfNode[], keyword: string): readonly ConfNode[] {
  return blocksOf(nodes, keyword).flatMap((node) => (node.children ?? []).filter((line) => line.only === undefined))
}

/** First argument of a keyword. */
export function wordOf(nodes: readonly ConfNode[], ...keywords: readonly string[]): ConfWord | undefined {
  const node = last(nodes, ...keywords)
  const value = node?.args[0]
  return node === undefined || value === undefined ? undefined : { value, at: placeOf(node) }
}

/** First argument of a keyword as a number; undefined when it is none. */
export function numberOf(nodes: readonly ConfNode[], ...keywords: readonly string[]): ConfNumber | undefined {
  const word = wordOf(nodes, ...keywords)
  const value = word === undefined ? undefined : parseNumber(word.value)
  return word === undefined || value === undefined ? undefined : { value, at: word.at }
}

/** A decimal number with an optional sign and fraction. */
export function parseNumber(text: string): number | undefined {
  if (text.length === 1 && text >= '0' && text <= '9') return Number(text)
  return /^[+-]?\d{1,15}(?:\.\d{1,9})?$/.test(text) ? Number(text) : undefined
}

/** Where a keyword stands that needs no argument. */
export function flagOf(nodes: readonly ConfNode[], ...keywords: readonly string[]): Cite | undefined {
  const node = last(nodes, ...keywords)
  return node === undefined ? undefined : placeOf(node)
}

/** A keyword that is true alone and takes true, on, yes, false, off, no; undefined when absent or neither. */
export function switchOf(nodes: readonly ConfNode[], keyword: string): boolean | undefined {
  const node = last(nodes, keyword)
  if (node === undefined) return undefined
  const word = node.args[0]?.toLowerCase() ?? 'true'
  if (['true', 'on', 'yes'].includes(word)) return true
  return ['false', 'off', 'no'].includes(word) ? false : undefined
}

/** `{ [key]: value }`, or nothing for an undefined value. */
export function given<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V })
}
