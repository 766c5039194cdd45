import { describe, expect, it } from 'vitest'
import { RENDERERS, REPORT_FORMATS, renderBrief, renderJson } from '../../src/report/index.ts'
import { blind, healthy, splitBrain } from './sample-report.ts'

describe('the brief report', () => {
  it('is one line for the verdict and one per problem', () => {
    expect(renderBrief(splitBrain)).toBe(
      [
        'CRITICAL - VIP 10.0.0.1:80 - 4 problems: 1 cause, 2 effects of it, 1 open',
        'CAUSE 1  CRITICAL  vrrp-blocked-input  ds2  ds2 firewall drops VRRP from 10.0.0.11',
        'OPEN 2  WARNING  rs-weight-zero  ds1  real server 10.0.0.21:80 has weight 0 and gets no new connections',
        '',
      ].join('\n'),
    )
  })

  it('is the verdict alone when there is no problem', () => {
    expect(renderBrief(healthy)).toBe('OK - VIP 10.0.0.1:80 - 2 checks passed on 3 hosts, 1 does not apply\n')
    expect(renderBrief(blind)).toBe('UNKNOWN - web1 - nothing could be checked\n')
  })
})

describe('the JSON report', () => {
  it('is the report itself', () => {
    expect(JSON.parse(renderJson(splitBrain))).toEqual(splitBrain)
  })

  it('escapes what a terminal may obey and JSON leaves bare', () => {
    const report = { ...healthy, unread: [{ source: 'a', line: 1, text: '\u009b2J\u202e\u007f' }] }
    expect(renderJson(report)).toContain('"\\u009b2J\\u202e\\u007f"')
    expect(JSON.parse(renderJson(report))).toEqual(report)
  })
})

it('every format has a renderer that ends its text with one newline', async () => {
  expect([...REPORT_FORMATS].sort()).toEqual(Object.keys(RENDERERS).sort())
  for (const format of REPORT_FORMATS) {
    const text = await RENDERERS[format](healthy, {
      width: 80,
      colour: false,
      unicode: false,
      all: false,
      minSeverity: 'note',
    })
    expect(text).toMatch(/[^\n]\n$/)
  }
})
