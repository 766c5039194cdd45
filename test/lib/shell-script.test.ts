import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alwaysZero, everyCommand, longestSleep } from '../../src/lib/shell-outcome.ts'
import { parseShell } from '../../src/lib/shell-script.ts'

const script = (text: string) => {
  const nodes = parseShell(text.split('\n'))
  if (nodes === undefined) return 'not understood'
  const zero = alwaysZero(nodes, text.split('\n')[0] ?? '', () => false)
  return zero === undefined ? 'may fail' : `always 0, by line ${zero + 1}`
}
const sleeps = (text: string) => longestSleep(parseShell(text.split('\n')) ?? []).seconds

describe('a script that can only end in 0', () => {
  it.each([
    ['exit 0 at its end', '#!/bin/sh\ncurl -s localhost >/dev/null\nexit 0', 'always 0, by line 3'],
    ['an echo at its end', 'pidof nginx\necho "checked at $(date)"', 'always 0, by line 2'],
    ['a condition without else', 'if ! pidof nginx; then\n  echo down\nfi', 'always 0, by line 2'],
    ['every branch', 'if pidof a; then echo up; elif pidof b\nthen\n echo b\nelse exit 0\nfi', 'always 0, by line 4'],
    ['|| true', 'pidof nginx || true', 'always 0, by line 1'],
    ['a comment behind it', 'pidof nginx\nexit 0 # exit 1', 'always 0, by line 2'],
    ['a pipe into one that cannot fail', 'pidof nginx | logger -t check', 'always 0, by line 1'],
    ['killing somebody else', 'kill -9 $(cat /run/x.pid)\nexit 0', 'always 0, by line 2'],
  ])('%s', (_name, text, verdict) => expect(script(text)).toBe(verdict))
})

describe('a script that may fail', () => {
  it.each([
    ['an exit 1 somewhere', 'if ! pidof nginx; then\n  exit 1\nfi\nexit 0'],
    ['a status that is passed on', 'curl -f localhost\nexit $?'],
    ['exit alone', 'pidof nginx\nexit'],
    ['the last command', 'echo checking\npidof nginx'],
    ['&&', 'pidof nginx && echo up'],
    ['the last command of a branch', 'if true; then\n  pidof nginx\nfi'],
    ['set -e', 'set -e\npidof nginx\nexit 0'],
    ['#!/bin/sh -e', '#!/bin/sh -e\npidof nginx\nexit 0'],
    ['another program in its place', 'exec pidof nginx\nexit 0'],
    ['a loop', 'while pidof nginx; do sleep 1; done'],
    ['an exit in a function', 'die() {\n  exit 2\n}\npidof nginx || die\nexit 0'],
    ['a case', 'case $1 in\n  a) exit 3 ;;\n  *) echo x ;;\nesac'],
    ['nothing at all', '# empty'],
  ])('%s', (_name, text) => expect(script(text)).toBe('may fail'))
})

describe('what is not read', () => {
  it.each([
    ['a here-document', 'cat <<EOF\nexit 1\nEOF\nexit 0'],
    ['an open quote', "echo 'open\nexit 0"],
    ['an if that is not closed', 'if true; then\nexit 0'],
    ['a pipe behind a block', 'if true; then echo; fi | grep x'],
  ])('%s', (_name, text) => expect(script(text)).toBe('not understood'))
})

describe('how long it sleeps', () => {
  it('adds up one after the other, and takes the longer of two ways', () => {
    expect(sleeps('sleep 1\nif x; then\n sleep 2\nelse sleep 0.5; fi\nsleep 1m')).toBe(63)
  })
  it('in the background it does not wait', () => expect(sleeps('sleep 9 &\necho')).toBe(0))
  it('a number that is no number is none', () => expect(sleeps('sleep $N')).toBe(0))
})

describe('words', () => {
  it('lose their quotes, redirections are left out', () => {
    const nodes = parseShell(['a "b c" \'d\' >/dev/null 2>&1 `e f` $(g "h)") | i \\', ' j']) ?? []
    expect(everyCommand(nodes).map(({ words }) => words)).toEqual([
      ['a', 'b c', 'd', '`e f`', '$(g h))'],
      ['i', 'j'],
    ])
  })
  it('any text gives a tree or nothing, in time', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            'if',
            'then',
            'fi',
            '(',
            ')',
            '{',
            '}',
            '"',
            "'",
            '$(',
            '`',
            ';',
            '\n',
            '|',
            'a',
            ' ',
            'case',
            'in',
            'esac',
            'do',
            'done',
            '<',
            '&',
            '\\',
          ),
        ),
        (parts) => {
          const nodes = parseShell(parts.join(' ').split('\n'))
          expect(nodes === undefined || Array.isArray(nodes)).toBe(true)
        },
      ),
    )
    const start = Date.now()
    parseShell(['$('.repeat(20_000)])
    parseShell(['( '.repeat(20_000)])
    parseShell(['"a" '.repeat(15_000)])
    expect(Date.now() - start).toBeLessThan(2000)
  })
})
