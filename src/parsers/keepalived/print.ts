/** A configuration tree as text again. */
import type { ConfNode } from '../../model/facts.ts'
import { INCLUDE } from './words.ts'

const INDENT = '    '
/** Blanks, comment signs and braces keep to their word only in quotes; so does an empty word. */
const NEEDS_QUOTES = /[\s#!{}]/
/** At the beginning of a line these mean something to the reader. */
const MEANS_SOMETHING = /^[@~]/

/**
 * Text that keepalived reads to the same configuration: a line for each node, definitions and sequences already put in,
 * included files in their place; without comments. What was never closed is closed; passwords stay masked. Linear in the
 * size of the tree.
 */
export function printConf(root: readonly ConfNode[]): string {
  const lines: string[] = []
  printInto(root, '', lines)
  return lines.map((line) => `${line}\n`).join('')
}

/** The reader nests no deeper than a few levels, so neither does this. */
function printInto(nodes: readonly ConfNode[], indent: string, lines: string[]): void {
  for (const node of nodes) {
    const condition = node.only === undefined ? '' : `${node.only} `
    lines.push(indent + condition + wordsOf(node).join(' ') + (node.children === undefined ? '' : ' {'))
    if (node.children === undefined) continue
    printInto(node.children, indent + INDENT, lines)
    lines.push(`${indent}}`)
  }
}

function wordsOf({ keyword, args }: ConfNode): readonly string[] {
  // A pattern is handed to glob() as it stands: quotes would become part of it.
  if (INCLUDE.test(keyword)) return [keyword, ...args]
  const first = MEANS_SOMETHING.test(keyword) ? `"${keyword}"` : quoted(keyword)
  return [first, ...args.map(quoted)]
}

function quoted(word: string): string {
  return word === '' || NEEDS_QUOTES.test(word) ? `"${word}"` : word
}
