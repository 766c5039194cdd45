/** Rules of the words behind a block's keyword. */
import { isPort, socketFamily } from './addresses.ts'
import { unsignedFault } from './numbers.ts'
import { type Fault, invalid, lacking, missing, type Rule } from './rule.ts'
import { isLonger, numberFault } from './value-rules.ts'

/** vrrp_handler() and its like: one name, not used before, or the block is skipped. */
function named([how, most]: readonly string[]): Rule {
  const kindOf = (keyword: string) => (how !== undefined && how !== 'alone' && how !== 'unique' ? how : keyword)
  return (node, { names }) => {
    const [name, second] = node.args
    if (name === undefined) return how === 'alone' ? { ...lacking(1), skips: true } : missing(1)
    if (how === 'alone' && second !== undefined) return { ...invalid(2, 'a name of one word'), skips: true }
    if (most !== undefined && isLonger(name, Number(most)))
      return { kind: 'too-long', word: 1, range: `at most ${most} characters`, skips: true }
    const isNew = names.define(kindOf(node.keyword), name)
    const counts = how === 'alone' || how === 'unique'
    return isNew || !counts ? undefined : { kind: 'duplicate-name', word: 1, skips: true }
  }
}

/** alloc_vs(): `10.0.0.1 80`, `fwmark 8`, `group G`. */
function virtualServer(): Rule {
  return (node, { names }) => {
    const [first, second] = node.args
    if (first === undefined) return missing(1)
    if (first === 'group') {
      if (second === undefined) return missing(2)
      names.later.push({ kind: 'virtual_server_group', name: second, node, word: 2 })
      return undefined
    }
    if (first !== 'fwmark') return serverFault(first, second)
    if (second === undefined) return missing(2)
    const fault = numberFault(unsignedFault(second, 0, 4294967295), 2, '0', '4294967295')
    return fault && { ...fault, skips: true }
  }
}

function serverFault(address: string, port: string | undefined): Fault | undefined {
  if (socketFamily(address) === undefined) return { ...invalid(1, 'an IP address'), skips: true }
  return isPort(port) ? undefined : { kind: portKind(port), word: 2, range: '0 to 65535', skips: true }
}

function portKind(port = ''): Fault['kind'] {
  return unsignedFault(port, 0, 65535) ?? 'out-of-range'
}

/** `real_server 10.0.0.2 80`, `sorry_server 10.0.0.3`. */
function server(): Rule {
  return (node, { block }) => {
    const [address, port] = node.args
    if (address === undefined) return missing(1)
    const fault = serverFault(address, port)
    if (fault === undefined) block.note(node.keyword, address)
    if (fault === undefined) return undefined
    const { skips, ...kept } = fault
    return node.keyword === 'real_server' && block !== undefined ? fault : kept
  }
}

export const BLOCK_RULES: Readonly<Record<string, (parameters: readonly string[]) => Rule>> = {
  named,
  virtual_server: virtualServer,
  server,
}
