/** Rules of keywords of virtual servers and health checkers. */
import { endpoint, granularity, ipFamily } from './family-rules.ts'
import { forwarding } from './forwarding-rule.ts'
import { invalid, lacking, missing, type Rule } from './rule.ts'

/** `sh-port` and its like say something to their own scheduler only, and stand after it (lbflags_handler()). */
const schedFlag =
  (): Rule =>
  (_node, { block }) => {
    const scheduler = block.noted('scheduler')
    return scheduler === 'sh' || scheduler === 'mh' ? undefined : invalid(0, 'after lb_algo sh or mh')
  }

const after =
  ([wanted = '']: readonly string[]): Rule =>
  (node, place) => {
    if (place.block.noted(wanted) === undefined) return invalid(0, `after ${wanted}`)
    return node.keyword === 'sorry_server_lvs_method' ? forwarding()(node, place) : undefined
  }

const digest = (): Rule => (node) => {
  const [value] = node.args
  if (value === undefined) return missing(1)
  return /^[0-9a-fA-F]{32}$/.test(value) ? undefined : invalid(1, '32 hexadecimal digits')
}

const statusCode = (): Rule => (node) => {
  const wrong = node.args.findIndex((value) => {
    const [, low, high = low] = /^([0-9]{1,9})(?:-([0-9]{1,9}))?$/.exec(value) ?? []
    return low === undefined || Number(low) < 100 || Number(high) > 599 || Number(low) > Number(high)
  })
  return wrong < 0 ? undefined : invalid(wrong + 1, '100 to 599')
}

const hex =
  (wildcards: boolean, optional: boolean): Rule =>
  (node) => {
    const text = node.args.join(' ')
    if (node.args.length === 0) return optional ? undefined : lacking(1)
    const right = (wildcards ? /^[0-9a-fA-FxX \t]+$/ : /^[0-9a-fA-F \t]+$/).test(text) && text.trim() !== ''
    return right ? undefined : invalid(1, 'hexadecimal digits')
  }

const dnsName = (): Rule => (node) => {
  const [name] = node.args
  if (name === undefined) return missing(1)
  const empty = (name.startsWith('.') && name !== '.') || name.includes('..')
  return empty ? invalid(1, 'a name without empty labels') : undefined
}

const reference =
  ([kind = '', only]: readonly string[]): Rule =>
  (node, { names }) => {
    const [name, second] = node.args
    if (name === undefined) return only === undefined ? missing(1) : lacking(1)
    if (only !== undefined && second !== undefined) return invalid(2, 'one name')
    return names.lacks(kind, name) ? { kind: 'undefined-reference', word: 1, range: kind } : undefined
  }

const SCHEDULERS = 'rr wrr lc wlc lblc sh mh dh fo ovf lblcr sed nq twos'.split(' ')

const scheduler =
  (): Rule =>
  (node, { block }) => {
    const [name] = node.args
    if (name === undefined) return missing(1)
    if (!SCHEDULERS.includes(name)) return invalid(1, SCHEDULERS.join(', '))
    block.note('scheduler', name)
    return undefined
  }

export const CHECKER_RULES: Readonly<Record<string, (parameters: readonly string[]) => Rule>> = {
  forwarding,
  scheduler,
  sched_flag: schedFlag,
  after,
  endpoint,
  ip_family: ipFamily,
  granularity,
  digest,
  status_code: statusCode,
  hex: () => hex(false, false),
  hex_mask: () => hex(true, true),
  dns_name: dnsName,
  reference,
}
