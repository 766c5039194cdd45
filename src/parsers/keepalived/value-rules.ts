/** Rules of keywords with one plain argument: numbers, words, addresses. */
import { isLinkLocalMulticast, isMulticast, socketFamily } from './addresses.ts'
import { decimalFault, type NumberFault, signedFault, unsignedFault } from './numbers.ts'
import { type Fault, invalid, type Rule, tooLong, wordOf } from './rule.ts'

type Maker = (parameters: readonly string[]) => Rule

const SWITCH = new Set(['true', 'on', 'yes', 'false', 'off', 'no'])

function numeric(check: (text: string, min: number, max: number) => NumberFault): Maker {
  return ([low = '0', high]) => {
    const [min, max] = [Number(low), high === undefined ? Number.POSITIVE_INFINITY : Number(high)]
    return (node) => numberFault(check(node.args[0] ?? '', min, max), 1, low, high)
  }
}

export function numberFault(kind: NumberFault, word: number, low: string, high?: string): Fault | undefined {
  if (kind === undefined) return undefined
  return { kind, word, range: high === undefined ? `${low} or more` : `${low} to ${high}` }
}

/** One word out of a list; `ONE` does not mind upper and lower case. */
function choice(fold: boolean): Maker {
  return ([list = '']) => {
    const words = list.split('|')
    const known = new Set(words)
    const range = words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1)}` : list
    return ({ args: [value = ''] }) => (known.has(fold ? value.toUpperCase() : value) ? undefined : invalid(1, range))
  }
}

/** A second argument is as wrong as none. */
function alone(rule: Maker): Maker {
  return (parameters) => {
    const check = rule(parameters)
    return (node, place) => (node.args.length > 1 ? invalid(2, 'one argument') : check(node, place))
  }
}

const text: Maker = ([most]) => {
  const limit = most === undefined ? Number.POSITIVE_INFINITY : Number(most)
  return ({ args: [value = ''] }) => (isLonger(value, limit) ? tooLong(1, limit) : undefined)
}

export function isLonger(value: string, most: number): boolean {
  return value.length > most || (value.length * 3 > most && new TextEncoder().encode(value).length > most)
}

/** An address of an instance has to be of the family that the first one decided. */
const address: Maker = () => (node, place) => {
  const family = socketFamily(node.args[0] ?? '')
  return family === undefined ? invalid(1, 'an IP address') : joinFamily(family, 1, place.block)
}

export function joinFamily(family: 4 | 6, word: number, block: { family?: 4 | 6 }): Fault | undefined {
  block.family ??= family
  return block.family === family ? undefined : invalid(word, `IPv${block.family} like the addresses before`)
}

const multicast: Maker = () => (node, place) => {
  const value = node.args[0] ?? ''
  const wrong = address([])(node, place)
  if (wrong !== undefined) return wrong
  const right = socketFamily(value) === 4 ? isMulticast(value) : isLinkLocalMulticast(value)
  return right ? undefined : invalid(1, 'a multicast address, link-local for IPv6')
}

const weight: Maker = ([most = '', not]) => {
  const options = not === undefined ? ['reverse'] : ['reverse', 'noreverse']
  return ({ args: [value = '', option] }) => {
    const fault = numberFault(signedFault(value, -Number(most), Number(most)), 1, `-${most}`, most)
    if (fault !== undefined || option === undefined) return fault
    return options.includes(option) ? undefined : invalid(2, options.join(' or '))
  }
}

export const VALUE_RULES: Readonly<Record<string, Maker>> = {
  uint: numeric(unsignedFault),
  only_uint: alone(numeric(unsignedFault)),
  int: numeric(signedFault),
  ints:
    ([low = '', high = '']) =>
    (node) => {
      const wrong = node.args.findIndex((value) => signedFault(value, Number(low), Number(high)) !== undefined)
      return wrong < 0 ? undefined : invalid(wrong + 1, 'numbers of processors')
    },
  dec: numeric((value, min, max) => decimalFault(value, min, max, 6)),
  ms: numeric((value, min, max) => decimalFault(value, min, max, 3)),
  bool: () => (node) => (SWITCH.has(wordOf(node, 1) ?? '') ? undefined : invalid(1, 'true, on, yes, false, off or no')),
  one: choice(false),
  ONE: choice(true),
  text,
  only_text: alone(text),
  script: () => () => undefined,
  ip: address,
  addr: () => (node) => (socketFamily(node.args[0] ?? '') === undefined ? invalid(1, 'an IP address') : undefined),
  mcast: multicast,
  mcast4: () => (node) =>
    socketFamily(node.args[0] ?? '') === 4 && isMulticast(node.args[0] ?? '')
      ? undefined
      : invalid(1, 'an IPv4 multicast address'),
  mcast6: () => (node) =>
    isLinkLocalMulticast(node.args[0] ?? '') ? undefined : invalid(1, 'a link-local IPv6 multicast address'),
  weight,
}
