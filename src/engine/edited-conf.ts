/** Commands after which keepalived.conf says something else than it was seen to say. */
import type { TypedCommand } from '../model/facts.ts'

const CONF = /(?:^|\/)keepalived\.conf$|\/keepalived\/[^/]*\.conf$/
/** A folder as the place to copy to. */
const FOLDER = /\/keepalived\/?$/
const EDITS = /^(?:vi|vim|nano|emacs|sed|tee|rm|patch|truncate)$/
/** The last word is where it goes; a copy made of the file leaves it as it is. */
const COPIES = /^(?:cp|mv|ln|rsync|install)$/

export function editsConf({ changes, words }: TypedCommand): boolean {
  if (changes !== 'files') return false
  const into = words.findIndex((word) => /^1?>{1,2}$/.test(word))
  if (into !== -1) return CONF.test(words[into + 1] ?? '')
  const [name = '', ...args] = words[0] === 'sudo' ? words.slice(1) : words
  if (EDITS.test(name)) return args.some((word) => CONF.test(word))
  const last = args.at(-1) ?? ''
  if (name === 'mv' && args.slice(0, -1).some((word) => CONF.test(word))) return true
  return COPIES.test(name) && (CONF.test(last) || FOLDER.test(last))
}
