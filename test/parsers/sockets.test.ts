import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../src/model/errors.ts'
import { sockets } from '../../src/parsers/sockets.ts'
import { sectionOf } from './section.ts'

const HEADING = 'State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\n'

describe('ss and netstat', () => {
  it('undoes zones, brackets and IPv4 addresses inside IPv6', () => {
    const local = (text: string) => {
      const [socket] = sockets.parse(sectionOf(`${HEADING}LISTEN 0 128 ${text} *:*\n`)).value.listening
      return socket && [socket.ip, socket.port]
    }
    expect(local('*:80')).toEqual(['*', 80])
    expect(local(':::80')).toEqual(['::', 80])
    expect(local('[::]:80')).toEqual(['::', 80])
    expect(local('[fe80::1]%eth0:546')).toEqual(['fe80::1', 546])
    expect(local('fe80::1%eth0:546')).toEqual(['fe80::1', 546])
    expect(local('127.0.0.53%lo:53')).toEqual(['127.0.0.53', 53])
    expect(local('[::ffff:10.0.0.1]:8080')).toEqual(['10.0.0.1', 8080])
    expect(local('*%eth0:68')).toEqual(['*', 68])
  })

  it('names the program', () => {
    const process = (row: string) => sockets.parse(sectionOf(row)).value.listening[0]?.process
    expect(process('LISTEN 0 128 *:80 *:* users:(("nginx",1031,6),("nginx",1030,6))')).toBe('nginx')
    expect(process('tcp 0 0 0.0.0.0:80 0.0.0.0:* LISTEN 1031/nginx: master')).toBe('nginx')
    expect(process('tcp 0 0 0.0.0.0:80 0.0.0.0:* LISTEN -')).toBeUndefined()
  })

  it('knows when a TCP listener could be missing from the list', () => {
    const partial = (command: string) => sockets.parse(sectionOf(HEADING, { command })).partial ?? false
    const everything = [
      '',
      'ss -lnt',
      'ss -lntup',
      'ss -ln',
      'netstat -anp',
      'netstat -tlnp 2>/dev/null',
      'PROC_ROOT=/proc ss -lnt',
    ]
    const selections = ['ss -lnu', 'ss -4lnt', 'ss -lnt | grep 80', "ss -lnt 'sport = :80'", 'netstat -lnp -u']
    expect(everything.map(partial)).toEqual(everything.map(() => false))
    expect(selections.map(partial)).toEqual(selections.map(() => true))
  })

  it.each([
    ['a port by name', 'LISTEN 0 128 0.0.0.0:http 0.0.0.0:*'],
    ['a port too large', 'LISTEN 0 128 0.0.0.0:65536 0.0.0.0:*'],
    ['no port', 'LISTEN 0 128 0.0.0.0'],
    ['a queue that is no number', 'LISTEN x 128 0.0.0.0:80 0.0.0.0:*'],
    ['a state nobody knows', 'tcp 0 0 0.0.0.0:80 0.0.0.0:* WAITING'],
  ])('leaves unread: %s', (_what, row) => {
    const { value, unread } = sockets.parse(sectionOf(HEADING + row))
    expect(value.listening).toEqual([])
    expect(unread.map((line) => line.text)).toEqual([row])
  })

  it('does not understand a summary', () => {
    expect(() => sockets.parse(sectionOf('Total: 18\nTCP:   1 (estab 0, closed 0)\n'))).toThrow(NotUnderstood)
  })
})
