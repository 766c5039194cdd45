/** Where a word stands in its line. */
import type { ConfNode } from '../../model/facts.ts'

const WORD = /"([^"]*)"?|[^\s"{}]+/y

/** 1-based column of a word of a node (0: the keyword); the keyword's where a definition has put the word in. */
export function columnOf(line: string, node: ConfNode, word: number): number {
  let index = node.column - 1
  for (let count = 0; ; count++) {
    while (line[index] === ' ' || line[index] === '\t') index += 1
    WORD.lastIndex = index
    const found = WORD.exec(line)
    const wanted = word === 0 ? node.keyword : node.args[word - 1]
    if (found === null) return node.column
    // Of a missing word, the place behind the last one.
    if (wanted === undefined && count === node.args.length) return index + found[0].length + 1
    if (count === word) return (found[1] ?? found[0]).startsWith(wanted ?? '') ? index + 1 : node.column
    index += found[0].length
  }
}
