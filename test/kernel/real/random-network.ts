/** Addresses, routes and rules as lines of `ip -batch`, at random. */
import type { Dice } from './sandbox.ts'

/** Addresses of the host: two on v0, one on v1, on lo a VIP and a whole network. */
export const LOCAL = ['10.0.0.2', '10.0.0.3', '10.0.1.2', '10.9.9.9', '10.77.0.1']

export function randomNetwork(dice: Dice): string {
  const lines = [
    'link set lo up',
    'link add v0 type veth peer name w0',
    'link add v1 type veth peer name w1',
    'addr add 10.0.0.2/24 dev v0',
    'addr add 10.0.0.3/24 dev v0',
    'addr add 10.0.1.2/24 dev v1',
    'addr add 10.9.9.9/32 dev lo',
    'addr add 10.77.0.1/24 dev lo',
    ...['v0', 'w0', 'v1', ...(dice.chance(3) ? [] : ['w1'])].map((dev) => `link set ${dev} up`),
  ]
  const table = (): string => dice.pick(['main', 'main', '100', '200'])
  const hop = (): string =>
    dice.pick(['via 10.0.0.1 dev v0', 'via 10.0.0.7 dev v0', 'via 10.0.1.1 dev v1', 'dev v1', 'dev v0'])
  const networks = [
    'default',
    '10.5.0.0/16',
    '10.5.200.0/24',
    '10.6.0.0/15',
    '10.7.7.7',
    '192.0.2.0/24',
    '0.0.0.0/1',
    '10.0.0.7',
  ]
  for (let n = 5 + dice.roll(12); n > 0; n--) {
    const to = dice.pick(networks)
    const kind = dice.roll(10)
    const metric = dice.chance(3) ? ` metric ${1 + dice.roll(20)}` : ''
    if (kind === 0)
      lines.push(
        `route add ${dice.pick(['unreachable', 'blackhole', 'prohibit', 'throw'])} ${to} table ${table()}${metric}`,
      )
    else if (kind === 1)
      lines.push(`route add ${to} table ${table()} nexthop via 10.0.0.1 dev v0 nexthop via 10.0.1.1 dev v1`)
    else if (kind === 2) lines.push(`route append ${to} ${hop()} table ${table()}`)
    else
      lines.push(
        `route add ${to} ${hop()} table ${table()}${metric}${dice.chance(4) ? ` src ${dice.pick(LOCAL)}` : ''}`,
      )
  }
  for (let n = dice.roll(6); n > 0; n--) {
    const selector = dice.pick([
      'from 10.9.9.9',
      'from 10.0.0.0/24',
      'to 10.5.0.0/16',
      'not from 10.0.0.0/8',
      'fwmark 1',
      'fwmark 0x2/0x6',
      'iif lo',
      'oif v1',
      'from all',
      'iif v1',
    ])
    const priority = 100 + dice.roll(300)
    const kind = dice.roll(12)
    if (kind === 0)
      lines.push(`rule add pref ${priority} ${selector} ${dice.pick(['unreachable', 'blackhole', 'prohibit'])}`)
    else if (kind === 1) lines.push(`rule add pref ${priority} ${selector} goto 32766`)
    else if (kind < 4)
      lines.push(`rule add pref ${priority} ${selector} lookup main suppress_prefixlength ${dice.pick(['0', '16'])}`)
    else lines.push(`rule add pref ${priority} ${selector} lookup ${dice.pick(['100', '200', 'main', '300'])}`)
  }
  return lines.join('\n')
}
