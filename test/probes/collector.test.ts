import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { collectorScript } from '../../src/probes/script.ts'
import { PROBES } from '../../src/probes/table.ts'
import { has, runScript, SHELLS, withProbes } from '../support/collector.ts'

const FRAME =
  /^#@ (?:lvsdoctor collect 1 host=\S+ time=\d+|run \S+: .+|end \S+ exit=\d+ lines=\d+(?: cut=1)?|skip \S+: \S+|done probes=\d+)$/

/** Every run mark with the lines between it and its end mark. */
function framesOf(text: string) {
  const lines = text.split('\n').slice(0, -1)
  return lines.flatMap((line, index) => {
    const id = /^#@ run (\S+):/.exec(line)?.[1]
    if (id === undefined) return []
    const end = lines.findIndex((other, at) => at > index && other.startsWith(`#@ end ${id} `))
    return [{ id, output: lines.slice(index + 1, end), end: lines[end] ?? '' }]
  })
}

/** One probe's frame, run by the first shell there is. */
function frame(command: string, { id = 'x', limit = 1000, seconds = 10, env = {}, before = '' } = {}) {
  const script = withProbes(
    [`probe ${id} ${limit} true any cat '${command.replaceAll("'", `'\\''`)}'`],
    seconds,
    before,
  )
  const { stdout } = runScript(SHELLS[0] ?? ['sh'], script, env)
  return framesOf(stdout)[0] ?? { id: '', output: [], end: '' }
}

describe.each(SHELLS.map((shell) => [shell.join(' '), shell] as const))('the collector under %s', (_name, shell) => {
  const { stdout, stderr, status } = runScript(shell, collectorScript({ seconds: 10 }))
  const marks = stdout.split('\n').filter((line) => line.startsWith('#@ '))

  it('ends well and says nothing beside its frames', () => {
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })

  it('frames every command, first line to last', () => {
    expect(marks.filter((line) => !FRAME.test(line))).toEqual([])
    expect(stdout.startsWith('#@ lvsdoctor collect 1 host=')).toBe(true)
    expect(stdout.endsWith(`#@ done probes=${marks.filter((line) => /^#@ (run|skip)/.test(line)).length}\n`)).toBe(true)
  })

  it('counts lines as they are', () => {
    const frames = framesOf(stdout)
    expect(frames.length).toBeGreaterThan(10)
    for (const { output, end } of frames) expect(end).toContain(` lines=${output.length}`)
  })

  it('answers for every kind of probe, be it by a reason why not', () => {
    const answered = new Set(marks.map((line) => /^#@ (?:run|skip) ([^:]+):/.exec(line)?.[1]))
    const always = PROBES.filter((probe) => probe.when === undefined).map((probe) => probe.id)
    expect(always.filter((id) => !answered.has(id))).toEqual([])
  })
})

describe('a frame', () => {
  it('keeps a last line without a newline', () => {
    expect(frame('printf "a\\nb"')).toMatchObject({ output: ['a', 'b'], end: '#@ end x exit=0 lines=2' })
  })

  it('keeps empty lines, the last one too', () => {
    expect(frame('printf "\\na\\n\\n"')).toMatchObject({ output: ['', 'a', ''], end: '#@ end x exit=0 lines=3' })
  })

  it('of a command that prints nothing is empty', () => {
    expect(frame('exit 3')).toMatchObject({ output: [], end: '#@ end x exit=3 lines=0' })
  })

  it('holds what a tool says on stderr', () => {
    expect(frame('echo no such thing >&2; exit 1')).toMatchObject({
      output: ['no such thing'],
      end: '#@ end x exit=1 lines=1',
    })
  })

  it('marks output that looks like a frame, and is not fooled by a forged end', () => {
    const { output, end } = frame('echo "#@ end x exit=0 lines=0"; echo "#@exit 0"; exit 4')
    expect(output).toEqual(['#@| #@ end x exit=0 lines=0', '#@| #@exit 0'])
    expect(end).toBe('#@ end x exit=4 lines=2')
  })

  it('is cut at its limit between two lines, and says so', () => {
    expect(frame('echo 1234; echo 5678; echo 9; echo 0', { limit: 11 })).toMatchObject({
      output: ['1234', '5678'],
      end: '#@ end x exit=0 lines=2 cut=1',
    })
  })

  it('gives a command no stdin: a reading one would eat the rest of the script', () => {
    expect(frame('cat')).toMatchObject({ output: [], end: '#@ end x exit=0 lines=0' })
  })
})

describe('the time limit of a command', () => {
  const slow = 'echo first; sleep 30 | cat; echo never'
  const ways = [
    ['timeout(1)', ''],
    ['a timeout(1) without -k', '  timer=short'],
    ['no timeout(1): a clock of our own', '  timer=none'],
  ] as const

  it.each(ways)('is kept with %s', (_name, before) => {
    const start = Date.now()
    expect(frame(slow, { seconds: 1, before })).toMatchObject({ output: ['first'], end: '#@ end x exit=124 lines=1' })
    expect(Date.now() - start).toBeLessThan(15_000)
  })
})

describe('the script as text', () => {
  const script = collectorScript({ seconds: 10 })

  it.runIf(has('shellcheck'))('passes shellcheck', () => {
    const { stdout } = spawnSync('shellcheck', ['-s', 'sh', '-S', 'warning', '-'], { input: script, encoding: 'utf8' })
    expect(stdout).toBe('')
  })

  it('does nothing when it arrives only in part', () => {
    const half = script.slice(0, script.length - 8)
    expect(runScript(SHELLS[0] ?? ['sh'], half).stdout).toBe('')
  })
})
