import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { HookTrace, PathTrace } from '../../src/model/trace.ts'
import { emptyFolder, lvsdoctor, ROOT } from '../support/cli.ts'

const CASE = join(ROOT, 'fixtures', 'cases', 'dr-vrrp-drop-policy-both')

const NAT = join(ROOT, 'fixtures', 'cases', 'nat-nat-ip-forward-0')

const RULES = `*filter
:INPUT ACCEPT [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
-A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT
-A INPUT -i lo -j ACCEPT
-A INPUT -p tcp -m multiport --dports 22,80 -j ACCEPT
-A INPUT -m limit --limit 3/min -j LOG
-A INPUT -s 10.0.0.11/32 -p vrrp -j ACCEPT
-A INPUT -j REJECT --reject-with icmp-host-prohibited
-A OUTPUT -m statistic --mode random --probability 0.5 -j DROP
COMMIT
`

function fileWith(text: string, name = 'ds1.txt'): string {
  const path = join(emptyFolder(), name)
  writeFileSync(path, text)
  return path
}

function ask(
  args: readonly string[],
  source = fileWith(RULES),
): { readonly code: number | null; readonly is: HookTrace } {
  const { code, out } = lvsdoctor(['trace', '--json', ...args, source])
  return { code, is: JSON.parse(out) as HookTrace }
}

describe('trace --hook', () => {
  it('rejects what only the last rule takes: exit 2, and the line', () => {
    const { code, is } = ask(['--hook', 'input', '--proto', 'vrrp', '--src', '10.0.0.12', '--dst', '224.0.0.18'])
    expect(code).toBe(2)
    expect(Object.keys(is)).toEqual(['schemaVersion', 'verdict', 'by', 'trace', 'assumed'])
    expect(is).toMatchObject({
      schemaVersion: '1.0',
      verdict: 'reject',
      by: {
        source: expect.stringContaining('ds1.txt'),
        line: 10,
        text: '-A INPUT -j REJECT --reject-with icmp-host-prohibited',
      },
    })
    expect(is.trace.at(-1)).toMatchObject({ table: 'filter', chain: 'INPUT', matched: 'yes', effect: 'reject' })
    // Nobody said that it is none of a connection, nor by which interface it comes.
    expect(is.assumed).toEqual(['the first packet of its connection (NEW)', 'does not come in by lo'])
  })

  it('accepts what a rule takes, whatever is not said: exit 0; nft may hold rules beside iptables', () => {
    const { code, is } = ask(['--hook', 'input', '--proto', 'vrrp', '--src', '10.0.0.11', '--dst', '224.0.0.18'])
    expect([code, is.verdict, is.by?.line, is.assumed]).toEqual([
      0,
      'accept',
      9,
      ['no nft table beside iptables refuses it (nft list ruleset was not given)'],
    ])
  })

  it('a policy is told by the line of its chain', () => {
    const { code, is } = ask(['--hook', 'forward', '--proto', 'tcp', '--src', '10.0.0.9', '--dst', '10.0.1.9'])
    expect([code, is.verdict, is.by?.line]).toEqual([2, 'drop', 3])
  })

  it('what chance decides is unknown: exit 3, and the rule', () => {
    const { code, is } = ask(['--hook', 'output', '--proto', '112', '--src', '10.0.0.11', '--dst', '224.0.0.18'])
    expect([code, is.verdict, is.by?.line]).toEqual([3, 'unknown', 11])
  })

  it('flags of the packet count: state, ports, interface', () => {
    const syn = ['--hook', 'input', '--proto', 'tcp', '--src', '10.0.0.9', '--dst', '10.0.0.1', '--dport', '8080']
    expect(ask([...syn, '--in', 'eth0']).is.verdict).toBe('reject')
    expect(ask([...syn, '--in', 'lo']).is.verdict).toBe('accept')
    expect(ask([...syn, '--in', 'eth0', '--ctstate', 'ESTABLISHED']).is.verdict).toBe('accept')
    expect(ask([...syn.slice(0, -1), '80', '--in', 'eth0']).is.by?.line).toBe(7)
  })

  it('ipip is what LVS sends, protocol 4, not the 94 of /etc/protocols', () => {
    const rules = fileWith(
      '*filter\n:INPUT DROP [0:0]\n-A INPUT -p ipencap -j ACCEPT\n-A INPUT -p ipip -j REJECT\nCOMMIT\n',
    )
    const packet = ['--hook', 'input', '--src', '10.0.0.9', '--dst', '10.0.0.1']
    expect(ask([...packet, '--proto', 'ipip'], rules).is.verdict).toBe('accept')
    expect(ask([...packet, '--proto', '94'], rules).is.verdict).toBe('reject')
  })

  it('what REDIRECT rewrites is met with its new port', () => {
    const rules = fileWith(
      `*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080\nCOMMIT\n${RULES}`,
    )
    const packet = ['--hook', 'input', '--proto', 'tcp', '--src', '10.0.0.9', '--dst', '10.0.0.1', '--dport', '80']
    const { is } = ask([...packet, '--in', 'eth0', '--ctstate', 'new'], rules)
    expect(is.verdict).toBe('reject')
    expect(is.trace[0]).toMatchObject({ table: 'nat', chain: 'PREROUTING', effect: 'rewrite' })
  })

  it('as text: the verdict first and last, the rules met, what is assumed', () => {
    const source = fileWith(RULES)
    const args = ['--hook', 'input', '--proto', 'vrrp', '--src', '10.0.0.12', '--dst', '224.0.0.18', '--in', 'eth0']
    const { code, out, err } = lvsdoctor(['trace', ...args, source])
    expect([code, err]).toEqual([2, ''])
    const lines = out.trimEnd().split('\n')
    expect(lines[0]).toMatch(/^REJECT {2}by .*:10 {3}-A INPUT -j REJECT/)
    expect(lines.at(-1)).toBe(lines[0])
    expect(out).toContain('cannot tell (limit)')
    expect(out).toContain('assumed\n  the first packet of its connection (NEW)')
    expect(out).not.toContain('--dports 22,80')
    expect(lvsdoctor(['trace', '-v', ...args, source]).out).toContain('passed over (p)')
  })

  it('several hosts: one has to be named', () => {
    const packet = ['--hook', 'input', '--proto', 'vrrp', '--src', '192.168.10.11', '--dst', '224.0.0.18']
    const { code, err } = lvsdoctor(['trace', ...packet, CASE])
    expect([code, err.split('\n')[0]]).toEqual([64, expect.stringContaining('several: client, ds1, ds2')])
    const { is } = ask([...packet, '--on', 'ds2'], CASE)
    expect(is).toMatchObject({ verdict: 'drop', by: { text: ':INPUT DROP [8:320]' } })
  })

  it('no rules given: unknown, never a guess', () => {
    const { code, is } = ask(['--hook', 'input', '--proto', 'vrrp'], fileWith('$ hostname\nds1\n$ uname -r\n4.18.0\n'))
    expect([code, is.verdict, is.by]).toEqual([3, 'unknown', null])
  })
})

describe('trace of a whole way', () => {
  it('as JSON: what the schema of the docs names, exit 2 where the packet dies', () => {
    const { code, out } = lvsdoctor(['trace', '--json', '--client', '172.16.0.10', '--vip', '192.168.10.100:80', NAT])
    expect(code).toBe(2)
    const trace = JSON.parse(out) as PathTrace
    expect(Object.keys(trace)).toEqual(['schemaVersion', 'verdict', 'by', 'packet', 'trace', 'assumed'])
    expect(trace).toMatchObject({ verdict: 'drop', packet: 'tcp 172.16.0.10 -> 192.168.10.100:80' })
  })

  it('as text: a picture, a line for each station', () => {
    const { code, out } = lvsdoctor(['trace', '--client', '172.16.0.10', '--vip', '192.168.10.100', NAT])
    expect(code).toBe(2)
    expect(out).toContain('--> rs1 --> ds1 --X forwarding')
    expect(out).toMatch(/DROP +ds1 +forwarding +does not forward what comes in by eth1/)
  })

  it('--vrrp, --arp and --health-check ask by themselves', () => {
    expect(lvsdoctor(['trace', '--vrrp', CASE]).code).toBe(2)
    expect(lvsdoctor(['trace', '--arp', '--vip', '192.168.10.100', NAT]).code).toBe(0)
    expect(lvsdoctor(['trace', '--health-check', NAT]).code).toBe(0)
  })
})

describe('trace refuses', () => {
  it.each([
    [['--hook', 'inptu'], '--hook inptu: takes input, output, forward; did you mean input?'],
    [['--hook', 'input'], '--hook needs --proto'],
    [['--hook', 'input', '--proto', 'vrpr'], '--proto vrpr: takes vrrp, tcp, udp, icmp, ipip or a number, 0 to 255'],
    [['--hook', 'input', '--proto', 'tcp', '--src', '10.0.0.300'], '--src 10.0.0.300: takes an IPv4 address'],
    [['--hook', 'input', '--proto', 'tcp', '--dport', 'x'], '--dport x: takes a number, 0 to 65535'],
    [['--hook', 'input', '--proto', 'tcp', '--ctstate', 'newish'], '--ctstate newish: takes new, established'],
    [['--client', '10.0.0.9'], 'trace needs --client IP and --vip IP:PORT, or --hook'],
    [['--arp'], '--arp needs --vip IP'],
    [['--vrrp', '--hook', 'input'], '--hook and --vrrp are two questions'],
    [['--client', '10.0.0.9', '--vip', '10.0.0.1', '--src', '1.2.3.4'], '--src goes with --hook'],
    [['--hok', 'input'], 'there is no flag --hok; did you mean --hook?'],
  ])('%j is refused with 64', (args, says) => {
    const { code, out, err } = lvsdoctor(['trace', ...args, fileWith(RULES)])
    expect([code, out]).toEqual([64, ''])
    expect(err).toContain(says)
  })
})
