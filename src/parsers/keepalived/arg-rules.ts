/** Rules of arguments, made from the short texts in the schema. */
import { BLOCK_RULES } from './block-rules.ts'
import { CHECKER_RULES } from './checker-rules.ts'
import { GLOBAL_RULES } from './global-rules.ts'
import { LIST_RULES } from './list-rules.ts'
import { lacking, missing, type Rule } from './rule.ts'
import { VALUE_RULES } from './value-rules.ts'
import { VRRP_RULES } from './vrrp-rules.ts'

type Maker = (parameters: readonly string[]) => Rule

/** Rules that look at more than the first argument, and see to a missing one themselves. */
const SPECIAL: Readonly<Record<string, Maker>> = {
  ...BLOCK_RULES,
  ...CHECKER_RULES,
  ...GLOBAL_RULES,
  ...LIST_RULES,
  ...VRRP_RULES,
}

const made = new Map<string, Rule>()

/**
 * The rule a text stands for: `type:parameter:…` for the first argument, or `@name:parameter:…`. Before it, `!`: the list may
 * not be empty; `*`: may stand once in its block; `?`: the argument may be missing; `+`: without it keepalived ignores the line. Else a missing
 * argument ends keepalived: strvec_slot() exits with a configuration error.
 */
export function ruleOf(text: string): Rule {
  let rule = made.get(text)
  if (rule === undefined) {
    rule = make(text)
    made.set(text, rule)
  }
  return rule
}

function make(text: string): Rule {
  const [, once, mode = '', special, name = '', rest = ''] = /^!?(\*?)([?+]?)(@?)(\w*)(?::(.*))?$/.exec(text) ?? []
  const parameters = rest === '' ? [] : rest.split(':')
  const check = (special === '@' ? SPECIAL : VALUE_RULES)[name]?.(parameters)
  const absent = name === 'bool' || mode === '?' ? undefined : mode === '+' ? lacking(1) : missing(1)
  const full: Rule =
    check === undefined || special === '@'
      ? (check ?? (() => undefined))
      : (node, place) => (node.args.length === 0 ? absent : check(node, place))
  return once === '*' ? onlyOnce(full) : full
}

function onlyOnce(rule: Rule): Rule {
  return (node, place) => {
    const { block } = place
    if (block.had(node.keyword)) return { kind: 'repeated', word: 0 }
    const fault = rule(node, place)
    if (fault === undefined) block.first(node.keyword)
    return fault
  }
}
