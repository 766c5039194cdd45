/** `lb_kind` and `lvs_method`. */
import { unsignedFault } from './numbers.ts'
import { type Fault, invalid, lacking, missing, type Rule } from './rule.ts'
import { numberFault } from './value-rules.ts'

const METHODS = new Set(['NAT', 'DR', 'TUN'])
const CSUM = new Set(['nocsum', 'csum', 'remcsum'])

/** svr_forwarding_handler(): `DR`, `TUN type gue port 9999 nocsum`. */
export const forwarding =
  (): Rule =>
  (node, { block }) => {
    const [method] = node.args
    if (method === undefined) return missing(1)
    if (!METHODS.has(method)) return invalid(1, 'NAT, DR or TUN')
    if (node.keyword !== 'sorry_server_lvs_method') block.note('method', method)
    return tunnelFault(node.args)
  }

function tunnelFault(args: readonly string[]): Fault | undefined {
  let [type, csum] = ['ipip', 'nocsum']
  let port = false
  for (let i = 1; i < args.length; i++) {
    const value = args[i + 1]
    if (args[i] === 'type') {
      if (value === undefined) return lacking(i + 2)
      if (!['ipip', 'gue', 'gre'].includes(value)) return invalid(i + 2, 'ipip, gue or gre')
      type = value
      i += 1
    } else if (args[i] === 'port') {
      if (value === undefined) return lacking(i + 2)
      const fault = numberFault(unsignedFault(value, 1, 65535), i + 2, '1', '65535')
      if (fault !== undefined) return fault
      port = true
      i += 1
    } else if (CSUM.has(args[i] ?? '')) csum = args[i] ?? csum
    else return invalid(i + 1, 'type, port, nocsum, csum or remcsum')
  }
  if ((type === 'gue') !== port) return invalid(1, 'a port for gue tunnels, and for them only')
  const wrong = (type === 'ipip' && csum !== 'nocsum') || (type === 'gre' && csum === 'remcsum')
  return wrong ? invalid(1, `no ${csum} for ${type} tunnels`) : undefined
}
