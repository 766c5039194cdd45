import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/model/report.ts'
import type { TextOptions } from '../../src/report/index.ts'
import { renderText } from '../../src/report/index.ts'
import { blind, healthy, splitBrain } from './sample-report.ts'

const PIPE: TextOptions = { width: 80, colour: false, unicode: false, all: false, minSeverity: 'note' }

async function rows(report: Report, options: Partial<TextOptions> = {}): Promise<string[]> {
  return (await renderText(report, { ...PIPE, ...options })).split('\n')
}

describe('the text report of a split brain', () => {
  it('says the verdict first, with the causes as a short list, and last, with the exit code', async () => {
    const out = await rows(splitBrain)
    expect(out.slice(0, 3)).toEqual([
      'CRITICAL  VIP 10.0.0.1:80 - 4 problems: 1 cause, 2 effects of it, 1 open',
      '  1  ds2 firewall drops VRRP from 10.0.0.11                   vrrp-blocked-input',
      '  2  real server 10.0.0.21:80 has weight 0 and gets no new connections (open)',
    ])
    expect(out.slice(-2)).toEqual([
      'CRITICAL  ds2 firewall drops VRRP from 10.0.0.11; and 1 more            (exit 2)',
      '',
    ])
  })

  it('shows the evidence as it stands in the source, beside its place or below it', async () => {
    const out = await rows(splitBrain)
    expect(out).toContain('    ds2 iptables -S:41   -A INPUT -j REJECT --reject-with icmp-host-prohibited')
    expect(out).toContain('    ds2 iptables -S:9    -P INPUT ACCEPT')
    const below = out.indexOf('    ds2 cat /etc/keepalived/keepalived.conf:103')
    expect(out[below + 1]).toBe('              virtual_router_id 51   # 虚拟路由编号，两台必须一致')
  })

  it('says what the cause explains, and how to repair it', async () => {
    const out = await rows(splitBrain)
    const start = out.indexOf('  explains   dual-vip (ds1 ds2), cap-two-masters')
    expect(out.slice(start + 1, start + 11)).toEqual([
      '  to do      Let IP protocol 112 in before the rule that rejects everything.',
      '  fix on ds2   MOVES TRAFFIC',
      '    iptables -I INPUT 4 -p vrrp -j ACCEPT',
      '  fix on ds2 (after reboot)',
      '    service iptables save',
      '  undo on ds2',
      '    iptables -D INPUT -p vrrp -j ACCEPT',
      '  proof',
      '    lvsdoctor check -H ds1 -H ds2 --only vrrp-blocked-input',
      '  more       lvsdoctor explain vrrp-blocked-input',
    ])
  })

  it('lists what was not checked by the command that would settle it, the most useful first', async () => {
    const out = await rows(splitBrain)
    const start = out.indexOf('NOT CHECKED  3 of 6 checks - the verdict could change')
    expect(out.slice(start + 1, start + 5)).toEqual([
      '  checks  host  why            run there',
      '       2  web1  not collected  sysctl -a',
      '       1  web1  needs root     sudo iptables-save',
      '  undecided vrrp-advert-int: one of the two configurations is cut short',
    ])
  })

  it('counts what passed and what nobody understood, and lists them with --all', async () => {
    const short = await rows(splitBrain)
    expect(short).toContain('PASSED  1 check, 1 does not apply (--all lists them)')
    expect(short).toContain('  and 1 more, --all shows them')
    expect(short).not.toContain('  web1.txt:10   %%% line 10 of something else')
    const long = await rows(splitBrain, { all: true })
    expect(long).toContain('  pass            vrrp-blocked-input  ds1    VRRP is accepted by ds1.txt:31')
    expect(long).toContain('  web1.txt:10   %%% line 10 of something else')
  })

  it('hides findings below the asked severity, says so, and leaves the verdict alone', async () => {
    const out = await rows(splitBrain, { minSeverity: 'critical' })
    expect(out[0]).toBe('CRITICAL  VIP 10.0.0.1:80 - 4 problems: 1 cause, 2 effects of it, 1 open')
    expect(out.join('\n')).not.toContain('rs-weight-zero')
    expect(out).toContain('  2 findings below --min-severity not shown')
  })

  it.each([40, 60, 80, 120])('keeps to %i columns, copyable commands excepted', async (width) => {
    const commands = ['iptables', 'service', 'lvsdoctor', 'ipvsadm', 'sysctl']
    for (const row of await rows(splitBrain, { width, all: true })) {
      if (commands.some((command) => row.startsWith(`    ${command}`)) || row.includes('sudo iptables-save')) continue
      expect(stringWidth(row), row).toBeLessThanOrEqual(width)
    }
  })

  it('takes a terminal that does not know its width for 80 columns', async () => {
    expect(await rows(splitBrain, { width: 0 })).toEqual(await rows(splitBrain))
    expect(await rows(splitBrain, { width: Number.NaN })).toEqual(await rows(splitBrain))
  })

  it('is ASCII but for the evidence, and has no colour codes unless asked', async () => {
    const text = (await rows(splitBrain, { all: true })).filter((row) => !row.includes('virtual_router_id')).join('\n')
    expect(text).toMatch(/^[\n\x20-\x7e]*$/)
  })

  it('repeats in colour what the words say: without the codes it is the same text', async () => {
    const coloured = (await rows(splitBrain, { colour: true })).join('\n')
    expect(coloured).toContain('\u001b[')
    const trimmed = coloured.replace(/\u001b\[[0-9;]*m/g, '').replace(/ +$/gm, '')
    expect(trimmed).toBe((await rows(splitBrain)).join('\n'))
  })
})

describe('the text report when nothing is wrong', () => {
  it('says what was checked', async () => {
    expect(await rows(healthy)).toEqual([
      'OK  VIP 10.0.0.1:80 - 2 checks passed on 3 hosts, 1 does not apply',
      '',
      'PASSED  2 checks, 1 does not apply (--all lists them)',
      '',
      'OK  2 checks passed on 3 hosts, 1 does not apply                        (exit 0)',
      '',
    ])
  })

  it('never calls silence health', async () => {
    const out = await rows(blind)
    expect(out[0]).toBe('UNKNOWN  web1 - nothing could be checked')
    expect(out).toContain('       1  web1  not collected  sysctl -a')
    expect(out.at(-2)).toBe('UNKNOWN  nothing could be checked                                       (exit 3)')
  })
})

describe('hostile text', () => {
  it('cannot steer the terminal or forge a line of the report', async () => {
    const [first] = splitBrain.findings
    if (first === undefined) throw new Error('the sample has findings')
    const evil = '\u001b]0;owned\u0007\u001b[2J\u009b31mevil\r\u202egnitirw\nOK  all fine'
    const out = await rows({
      ...splitBrain,
      hosts: splitBrain.hosts.map((host) => (host.id === 'ds2' ? { ...host, names: [evil] } : host)),
      findings: [{ ...first, title: evil, evidence: first.evidence.map((one) => ({ ...one, text: evil })) }],
    })
    expect(out.join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/)
    expect(out).not.toContain('OK  all fine')
    expect(out.join('\n')).not.toContain('owned')
  })

  it('says so when a line of evidence is longer than the screen', async () => {
    const [first] = splitBrain.findings
    const [proof] = first?.evidence ?? []
    if (first === undefined || proof === undefined) throw new Error('the sample has evidence')
    const out = await rows({
      ...splitBrain,
      findings: [{ ...first, evidence: [{ ...proof, text: `-A ${'x'.repeat(500)}` }] }],
    })
    const cut = out.find((row) => row.includes('-A xxx'))
    expect(cut).toMatch(/^ {6}-A x+\.\.\.$/)
    expect(cut).toHaveLength(80)
  })
})
