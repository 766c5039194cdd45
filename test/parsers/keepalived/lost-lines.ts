/** Lines that keepalived's own way of reading makes unknown, consequences of an earlier mistake included. */
import type { ConfNode } from '../../../src/model/facts.ts'
import { type Reader, readAsKeepalived } from '../../../src/parsers/keepalived/as-read.ts'
import { cutText } from '../../../src/parsers/keepalived/lines.ts'
import { type Inside, insideOf, kindOf, VALUES } from '../../../src/parsers/keepalived/schema.ts'
import { ROOT } from '../../../src/parsers/keepalived/schema-root.ts'
import { sectionOf } from '../section.ts'

const READERS: readonly Reader[] = ['vrrp', 'checker']

/** Line numbers in order, each once: what either child of keepalived does not know. */
export function lostLines(text: string): number[] {
  const { pieces } = cutText({ section: sectionOf(text) })
  return inOrder(READERS.flatMap((reader) => unknownIn(readAsKeepalived(pieces, reader), ROOT)))
}

export function inOrder(lines: readonly number[]): number[] {
  return [...new Set(lines)].sort((a, b) => a - b)
}

function unknownIn(nodes: readonly ConfNode[], inside: Inside): number[] {
  if (inside === VALUES) return []
  return nodes.flatMap((node) => {
    const kind = kindOf(node.keyword, inside)
    const below = unknownIn(node.children ?? [], insideOf(node.keyword, inside) ?? VALUES)
    return kind === 'unknown' || kind === 'obsolete' ? [node.at.line, ...below] : below
  })
}
