/** One table a command: together they are what the packet meets. */
import { describe, expect, it } from 'vitest'
import { readCase } from '../../src/engine/index.ts'
import { traceHook } from '../../src/trace/hook.ts'
import { hostText } from './support.ts'

const SYN = {
  protocol: 6,
  src: '10.0.0.9',
  dst: '10.0.0.1',
  sport: 40000,
  dport: 80,
  in: 'eth0',
  ctstate: 'NEW',
} as const
const FILTER = '-P INPUT DROP\n-P FORWARD ACCEPT\n-P OUTPUT ACCEPT\n-A INPUT -p tcp -m tcp --dport 8080 -j ACCEPT'
const NAT =
  '-P PREROUTING ACCEPT\n-P INPUT ACCEPT\n-P OUTPUT ACCEPT\n-P POSTROUTING ACCEPT\n-A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080'
const LIST = `Chain INPUT (policy ACCEPT)
target     prot opt source               destination
ACCEPT     all  --  anywhere             anywhere`

const ask = (outputs: Readonly<Record<string, string>>) =>
  traceHook(readCase([hostText('ds1', outputs)]), { hook: 'input', packet: SYN, all: false })

describe('listings of single tables', () => {
  it('iptables -S and iptables -t nat -S, in either order', () => {
    expect(ask({ 'iptables -S': FILTER, 'iptables -t nat -S': NAT }).verdict).toBe('accept')
    expect(ask({ 'iptables -t nat -S': NAT, 'iptables -S': FILTER }).verdict).toBe('accept')
    expect(ask({ 'iptables -S': FILTER }).verdict).toBe('drop')
  })

  it('iptables -L of the same table says less than -S and does not replace it', () => {
    expect(ask({ 'iptables -S': FILTER, 'iptables -L': LIST }).by?.text).toBe('-P INPUT DROP')
  })

  it('what was listed before a change does not count beside what was listed after it', () => {
    const changed = { 'iptables -t nat -S': NAT, 'iptables -t nat -F': '', 'iptables -S': FILTER }
    expect(ask(changed).verdict).toBe('drop')
  })
})

describe('nft beside or instead of iptables', () => {
  const NFT = `table inet fw {
	chain in {
		type filter hook input priority filter; policy drop;
		tcp dport 443 accept
	}
}`
  const OPEN = '*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\nCOMMIT'

  it('both must accept', () => {
    const both = ask({ 'iptables-save': OPEN, 'nft list ruleset': NFT })
    expect([both.verdict, both.by?.text]).toEqual(['drop', 'chain in {'])
    expect(both.trace.at(-1)).toMatchObject({ table: 'inet fw', chain: 'in', effect: 'drop' })
    expect(ask({ 'iptables-save': OPEN, 'nft list ruleset': NFT.replace('443', '80') })).toMatchObject({
      verdict: 'accept',
      assumed: [],
    })
  })

  it('nft alone: iptables is taken to have no rules besides', () => {
    expect(ask({ 'nft list ruleset': NFT }).verdict).toBe('drop')
    const open = ask({ 'nft list ruleset': NFT.replace('443', '80') })
    expect([open.verdict, open.by?.text]).toEqual(['accept', 'tcp dport 80 accept'])
    expect(open.assumed).toEqual(['iptables has no rules besides (iptables-save was not given)'])
  })

  it('a chain on a device is not walked: unknown', () => {
    const device = `table netdev d {
	chain in {
		type filter hook ingress device "eth0" priority filter; policy accept;
		ip saddr 10.0.0.9 drop
	}
}`
    const is = ask({ 'iptables-save': OPEN, 'nft list ruleset': device })
    expect([is.verdict, is.by?.text]).toEqual(['unknown', 'chain in {'])
  })
})
