import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../src/model/errors.ts'
import { sysctl, sysctlConf } from '../../src/parsers/sysctl.ts'
import { sectionOf } from './section.ts'

const values = (text: string, command = 'sysctl -a') =>
  Object.fromEntries(
    [...sysctl.parse(sectionOf(text, { command })).value.entries.values()].map((e) => [e.key, e.value]),
  )
const written = (text: string) =>
  Object.fromEntries([...sysctlConf.parse(sectionOf(text)).value.entries.values()].map((e) => [e.key, e.value]))

describe('keys have one spelling', () => {
  it.each([
    ['net.ipv4.conf.eth0/10.rp_filter = 1', 'procps'],
    ['net.ipv4.conf.eth0.10.rp_filter = 1', 'busybox'],
    ['net/ipv4/conf/eth0.10/rp_filter = 1', 'a file of sysctl.d'],
    ['/proc/sys/net/ipv4/conf/eth0.10/rp_filter:1', 'grep over /proc/sys'],
  ])('%s (%s)', (line) => {
    expect(values(line)).toEqual({ 'net.ipv4.conf.eth0/10.rp_filter': '1' })
  })
})

describe('values without names take them from the command', () => {
  it.each([
    ['sysctl -n net.ipv4.ip_forward', 'net.ipv4.ip_forward'],
    ['sudo /sbin/sysctl -n net/ipv4/conf/eth0.10/rp_filter', 'net.ipv4.conf.eth0/10.rp_filter'],
    ['cat /proc/sys/net/ipv4/conf/bond0.10/arp_ignore 2>/dev/null', 'net.ipv4.conf.bond0/10.arp_ignore'],
  ])('%s', (command, key) => {
    expect(values('1', command)).toEqual({ [key]: '1' })
  })

  it('keeps the order of several, and leaves out those with a complaint', () => {
    const command = 'cat /proc/sys/net/ipv4/conf/{all,tunl0,lo}/rp_filter'
    const text = '0\ncat: /proc/sys/net/ipv4/conf/tunl0/rp_filter: No such file or directory\n2'
    expect(values(text, command)).toEqual({ 'net.ipv4.conf.all.rp_filter': '0', 'net.ipv4.conf.lo.rp_filter': '2' })
  })

  it.each([
    ['1\n0', 'sysctl -n net.ipv4.ip_forward', 'more values than names'],
    ['1', 'sysctl -n net.ipv4.ip_forward net.ipv4.conf.all.rp_filter', 'fewer'],
    ['1\n0', 'cat /proc/sys/net/ipv4/conf/*/rp_filter', 'names that only the shell knows'],
    ['1', '', 'no command'],
  ])('does not guess: %j of %s (%s)', (text, command) => {
    expect(() => values(text, command)).toThrow(NotUnderstood)
  })
})

describe('sysctl', () => {
  it('keeps tabs inside a value, and empty values', () => {
    expect(values('net.ipv4.ip_local_port_range = 32768\t60999\nnet.ipv4.ip_local_reserved_ports = ')).toEqual({
      'net.ipv4.ip_local_port_range': '32768\t60999',
      'net.ipv4.ip_local_reserved_ports': '',
    })
  })

  it('leaves complaints unread', () => {
    const text = "net.ipv4.ip_forward = 1\nsysctl: permission denied on key 'net.ipv4.tcp_fastopen_key'"
    expect(sysctl.parse(sectionOf(text)).unread.map((line) => line.at.line)).toEqual([2])
  })

  it.each(['sysctl -w net.ipv4.ip_forward=1', 'sysctl -p', 'sysctl --system', 'sysctl net.ipv4.ip_forward=1'])(
    'what `%s` prints was set, not read',
    (command) => {
      const { value } = sysctl.parse(sectionOf('net.ipv4.ip_forward = 1', { command }))
      expect(value.entries.get('net.ipv4.ip_forward')?.by).toBe('typed')
    },
  )

  it.each(['', 'foo', 'sysctl: cannot stat /proc/sys/net/foo: No such file or directory', '= 1', 'a b = 1'])(
    'is not understood: %j',
    (text) => {
      expect(() => values(text)).toThrow(NotUnderstood)
    },
  )
})

describe('sysctl.conf', () => {
  it('takes blanks round the sign, a dash in front, and the last of several assignments', () => {
    expect(written('net.ipv4.ip_forward = 0\n-net.ipv4.ip_forward=1\n# net.ipv4.ip_forward=2')).toEqual({
      'net.ipv4.ip_forward': '1',
    })
  })

  it('keeps globs as keys', () => {
    expect(written('net.ipv4.conf.*.rp_filter=2')).toEqual({ 'net.ipv4.conf.*.rp_filter': '2' })
  })

  it('is empty when a named file has comments alone, and not understood when nothing names it', () => {
    const text = '# nothing here'
    expect(sysctlConf.parse(sectionOf(text, { command: 'cat /etc/sysctl.conf' })).value.entries.size).toBe(0)
    expect(sysctlConf.parse(sectionOf(text, { path: '/etc/sysctl.d/90-lvs.conf' })).value.entries.size).toBe(0)
    expect(() => sysctlConf.parse(sectionOf(text))).toThrow(NotUnderstood)
    expect(() => sysctlConf.parse(sectionOf('', { command: 'cat /etc/sysctl.conf' }))).toThrow(NotUnderstood)
  })
})
