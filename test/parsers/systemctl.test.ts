import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../src/model/errors.ts'
import { systemctlIsEnabled, systemctlStatus } from '../../src/parsers/systemctl.ts'
import { sectionOf } from './section.ts'

const status = (text: string) => systemctlStatus.parse(sectionOf(text))
const asked = (text: string, command: string) => systemctlIsEnabled.parse(sectionOf(text, { command }))

describe('systemctl status', () => {
  it.each(['● ', '', '* '])('begins with %j before the name', (bullet) => {
    const text = `${bullet}keepalived.service - LVS\n   Loaded: loaded (/x; disabled; vendor preset: disabled)\n   Active: inactive (dead)`
    expect(status(text).value.units).toMatchObject([
      { name: 'keepalived', enabled: 'disabled', active: 'inactive', sub: 'dead' },
    ])
    expect(status(text).unread).toEqual([])
  })

  it('keeps the suffix of what is no service', () => {
    expect(status('● lvs.timer - x\n  Loaded: loaded (/x; static)').value.units[0]?.name).toBe('lvs.timer')
  })

  it('knows nothing of enabled where the unit was not found', () => {
    const unit = status(
      '● x.service\n  Loaded: not-found (Reason: No such file or directory)\n  Active: inactive (dead)',
    ).value.units[0]
    expect(unit).toMatchObject({ loaded: 'not-found' })
    expect(unit).not.toHaveProperty('enabled')
  })

  it('leaves log lines to the log reader', () => {
    const tail = 'Jul 03 00:13:42 ds2 Keepalived_vrrp[3418]: VRRP_Instance(VI_1) Transition to...E\nsomething else'
    expect(status(`● x.service\n  Active: active (running)\n\n${tail}`).unread.map((line) => line.at.line)).toEqual([5])
  })

  it.each(['', '● keepalived.service - LVS', 'Active: active (running)', 'Failed to connect to bus: Host is down'])(
    'is not understood: %j',
    (text) => {
      expect(() => status(text)).toThrow(NotUnderstood)
    },
  )
})

describe('systemctl is-enabled', () => {
  it('gives the words to the units in order', () => {
    expect(asked('enabled\ndisabled', 'systemctl is-enabled keepalived iptables.service').value.units).toMatchObject([
      { name: 'keepalived', enabled: 'enabled' },
      { name: 'iptables', enabled: 'disabled' },
    ])
  })

  it('reads is-active as activity', () => {
    expect(asked('failed', 'systemctl is-active keepalived || true').value.units).toMatchObject([
      { name: 'keepalived', active: 'failed' },
    ])
  })

  it.each([
    ['enabled', 'systemctl is-enabled keepalived iptables'],
    ['enabled', ''],
    ['', 'systemctl is-enabled keepalived'],
    ['Failed to connect to bus: Host is down', 'systemctl is-enabled keepalived'],
  ])('does not guess: %j of `%s`', (text, command) => {
    expect(() => asked(text, command)).toThrow(NotUnderstood)
  })
})
