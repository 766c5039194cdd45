/** Lines written for readers, not printed by a tool. */
import { hasCjk } from '../lib/text.ts'

// Headings, lists, tables, images, links, HTML, block quotes, rules, link definitions, template marks.
const MARKDOWN =
  /^\s{0,8}(?:#{1,6} \S|[-*+•·] \S|\d{1,2}(?:[.)] |、)\S|\(\d{1,2}\) ?\S|\||!?\[[^\]]{0,300}\][(:]|<[a-zA-Z/!]|>|\*\*\S|\{:|-{3,}\s*$|={3,}\s*$|_{3,}\s*$|\*{3,}\s*$)/
const URL = /^\s*(?:https?|ftp|wiz|file):\/\//
const WORD = /^[("'*_`]{0,3}[A-Za-z][A-Za-z'’-]*[)"'*_`.,:;!?]{0,4}$/

/** Clearly prose: not evidence, and no loss when skipped. */
export function isProse(line: string): boolean {
  return hasCjk(line) || MARKDOWN.test(line) || URL.test(line) || isSentence(line)
}

/** A line of a language that is written as sentences: five words or more, nearly all of them plain. */
function isSentence(line: string): boolean {
  if (!/^\s{0,8}["'(*_`]?[A-Za-z]/.test(line)) return false
  const words = line.trim().slice(0, 2000).split(/\s+/)
  if (words.length < 5) return false
  const plain = words.filter((word) => WORD.test(word)).length
  return plain * 10 >= words.length * 8 && /[a-z]{2}/.test(line)
}

/** Says nothing to anyone: dots that stand for left-out lines, a key press, a comment, what logging in and recording print. */
export function isFiller(line: string): boolean {
  return /^\s*(?:\.{2,}|…+|\^[A-Z]|[-=~*_]{3,}|[#;].*|\/\/.*|--More--.*|\(END\)|Script (?:started|done)\b.*|=~=~.*|Last (?:failed )?login: .*|logout|Connection to \S+ closed\.?)\s*$/.test(
    line,
  )
}
