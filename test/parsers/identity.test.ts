import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../src/model/errors.ts'
import { date, hostname, hostnamectl, machineId, osRelease, uname } from '../../src/parsers/identity.ts'
import { sectionOf } from './section.ts'

describe('hostname', () => {
  it('reads a name, short or full', () => {
    expect(hostname.parse(sectionOf('ds1\n')).value.hostname).toBe('ds1')
    expect(hostname.parse(sectionOf('ds1.example.com\n')).value.hostname).toBe('ds1.example.com')
  })

  it.each(['10.0.0.1', '10.0.0.1 10.0.0.2', 'bash: hostname: command not found', '-bash', ''])('refuses %j', (text) => {
    expect(() => hostname.parse(sectionOf(text))).toThrow(NotUnderstood)
  })

  it('takes the first of several lines and says so', () => {
    const { value, unread } = hostname.parse(sectionOf('ds1\nds2\n'))
    expect(value.hostname).toBe('ds1')
    expect(unread.map((line) => line.text)).toEqual(['ds2'])
  })
})

describe('date', () => {
  it('keeps a date whose zone could be several as a line it could not use', () => {
    const { value, unread } = date.parse(sectionOf('Fri Nov 20 22:05:08 CST 2026\n'))
    expect(value.clock).toBeUndefined()
    expect(unread).toHaveLength(1)
  })

  it('refuses what is no date', () => {
    expect(() => date.parse(sectionOf('date: invalid date\n'))).toThrow(NotUnderstood)
  })
})

describe('uname', () => {
  it('reads -a, -r, -sr and -n', () => {
    expect(uname.parse(sectionOf('Linux ds1 6.1.0-13-amd64 #1 SMP x86_64 GNU/Linux')).value).toMatchObject({
      hostname: 'ds1',
      kernel: '6.1.0-13-amd64',
    })
    expect(uname.parse(sectionOf('6.1.0-13-amd64')).value.kernel).toBe('6.1.0-13-amd64')
    expect(uname.parse(sectionOf('Linux 6.1.0-13-amd64')).value.kernel).toBe('6.1.0-13-amd64')
    expect(uname.parse(sectionOf('ds1', { command: 'uname -n' })).value.hostname).toBe('ds1')
    expect(() => uname.parse(sectionOf('x86_64', { command: 'uname -m' }))).toThrow(NotUnderstood)
  })
})

describe('hostnamectl', () => {
  it('prefers the static name', () => {
    const text = '   Static hostname: ds1\nTransient hostname: dhcp-7\n'
    expect(hostnamectl.parse(sectionOf(text)).value.hostname).toBe('ds1')
  })

  it('does not read an error as a property', () => {
    expect(() => hostnamectl.parse(sectionOf('Failed to connect to bus: Host is down\n'))).toThrow(NotUnderstood)
  })
})

describe('os-release and machine-id', () => {
  it('reads quoted and bare names, and the file of CentOS before 7', () => {
    const os = (text: string) => osRelease.parse(sectionOf(text)).value.os
    expect(os('ID=centos\nPRETTY_NAME="CentOS Linux 7 (Core)"\n')).toBe('CentOS Linux 7 (Core)')
    expect(os("PRETTY_NAME='A \\$5 Linux'\n")).toBe('A $5 Linux')
    expect(os('CentOS release 6.10 (Final)\n')).toBe('CentOS release 6.10 (Final)')
  })

  it('wants all of a machine id', () => {
    expect(() => machineId.parse(sectionOf('fce1d1d9ca0345dca5e300f4ee8f6b0\n'))).toThrow(NotUnderstood)
    expect(() => machineId.parse(sectionOf('uninitialized\n'))).toThrow(NotUnderstood)
  })
})
