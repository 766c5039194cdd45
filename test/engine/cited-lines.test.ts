import { describe, expect, it } from 'vitest'
import { diagnose } from '../../src/engine/index.ts'

const CONF = 'vrrp_instance VI_1 {\n    interface eth0\n    virtual_router_id 51\n    priority 300\n}\n'
const findings = (text: string) =>
  diagnose([{ name: 'ds1.txt', bytes: new TextEncoder().encode(text) }], { version: '0', only: ['keepalived'] })
    .findings
const rejected = (text: string) => findings(text).find(({ check }) => check === 'keepalived-line-rejected')?.evidence

describe('a finding about a configuration', () => {
  it('names the column of the word in the line of the source', () => {
    expect(rejected(CONF)).toMatchObject([{ line: 4, column: 14, text: '    priority 300' }])
  })

  it('names it in a session too, where the file is printed', () => {
    const session = `[root@ds1 ~]# cat /etc/keepalived/keepalived.conf\n${CONF}[root@ds1 ~]# \n`
    expect(rejected(session)).toMatchObject([{ line: 5, column: 14 }])
  })

  it('counts the blanks by which a note indents what it quotes', () => {
    const note = `# ds1\n\n    [root@ds1 ~]# cat /etc/keepalived/keepalived.conf\n${CONF.replace(/^(?=.)/gm, '    ')}    [root@ds1 ~]# \n`
    const [evidence] = rejected(note) ?? []
    expect(evidence?.text.slice((evidence.column ?? 1) - 1)).toBe('300')
  })

  it('has a column whatever it is about', () => {
    const all = findings(CONF)
    expect(all.length).toBeGreaterThan(1)
    for (const { evidence, check } of all) expect([check, evidence[0]?.column]).toEqual([check, expect.any(Number)])
  })
})
