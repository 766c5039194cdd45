import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Report } from '../../src/model/report.ts'
import { sshArguments } from '../../src/sources/ssh-arguments.ts'
import { reasonOf } from '../../src/sources/ssh-failure.ts'
import { emptyFolder, LAUNCHER, ROOT } from '../support/cli.ts'
import { canServe, type Server, startServer } from '../support/sshd.ts'

const CASE = join(ROOT, 'fixtures', 'cases', 'dr-vrrp-drop-policy-both')

function run(server: Server | undefined, args: readonly string[]) {
  const env = { ...process.env, PATH: `${server?.path}:${process.env.PATH}` }
  const done = spawnSync(process.execPath, [LAUNCHER, ...args], { env, encoding: 'utf8', maxBuffer: 1 << 28 })
  return { code: done.status, out: done.stdout, err: done.stderr }
}

function report(out: string): Report {
  return JSON.parse(out) as Report
}

/** What a report says, whatever the evidence was called. */
function said(out: string) {
  const { result, findings, rootCauses, coverage } = report(out)
  return {
    result,
    coverage,
    rootCauses,
    findings: findings.map(({ check, hosts, title, evidence }) => ({
      check,
      hosts,
      title,
      lines: evidence.map(({ text }) => text),
    })),
  }
}

describe('the words of ssh', () => {
  it('puts the host behind the options, so that no name can be one', () => {
    const args = sshArguments('-oProxyCommand=x', { connectTimeoutMs: 1500 })
    expect(args.slice(-3, -1)).toEqual(['--', '-oProxyCommand=x'])
    expect(args).toContain('ConnectTimeout=2')
    expect(args).toContain('StrictHostKeyChecking=yes')
  })

  it.each([
    ['ssh: Could not resolve hostname ds9: Name or service not known', 'the name has no address'],
    ['ssh: connect to host ds9 port 22: No route to host', 'no route to host'],
    ['ssh: connect to host ds9 port 22: Connection timed out', 'it did not answer in time'],
    ['Connection closed by 10.0.0.9 port 22', 'it closed the connection'],
    ['root@ds9: Permission denied (publickey,password).', 'the login was refused (it takes publickey,password)'],
    [
      'Received disconnect from 10.0.0.9: 2: Too many authentication failures',
      'the login was refused: too many keys were tried',
    ],
    ['something nobody has seen before', 'something nobody has seen before'],
    ['', 'it printed no transcript'],
  ])('%s', (stderr, why) => {
    expect(reasonOf('root@ds9', stderr).why).toBe(why)
  })

  it('names the setting that an old host needs', () => {
    const old =
      'Unable to negotiate with 10.0.0.9 port 22: no matching host key type found. Their offer: ssh-rsa,ssh-dss'
    expect(reasonOf('root@ds9', old).tryThis).toBe('in ~/.ssh/config, for Host ds9: HostKeyAlgorithms +ssh-rsa')
  })
})

describe.skipIf(!canServe)('hosts over a real ssh', () => {
  let server: Server | undefined

  beforeAll(async () => {
    server = await startServer({ hosts: ['here'] })
  })
  afterAll(() => server?.stop())

  it('asks a host with one connection, and judges it like a transcript', () => {
    const before = server?.calls() ?? 0
    const { code, out, err } = run(server, ['check', '-H', 'here', '--json'])
    expect(err).toBe('')
    expect(report(out).hosts.map(({ sources }) => sources)).toEqual([['here']])
    expect(code).toBe(report(out).result.exitCode)
    expect((server?.calls() ?? 0) - before).toBe(1)
  })

  it('tells every host that could not be asked, and judges the others', () => {
    const names = ['here', 'refused', 'unknown-key', 'changed-key', 'no-login', 'no-such-host.invalid']
    const { code, out } = run(server, ['check', '-H', names.join(','), '--json', '-q'])
    const { hosts: known, notReached = [], result } = report(out)
    expect(known).toHaveLength(1)
    expect(notReached.map(({ host, why }) => [host, why])).toEqual([
      ['refused', 'nothing listens on its ssh port'],
      ['unknown-key', 'its host key is not known here'],
      ['changed-key', 'its host key has changed: another machine may answer under this name'],
      ['no-login', 'the login was refused (it takes publickey)'],
      ['no-such-host.invalid', 'the name has no address'],
    ])
    expect(result.complete).toBe(false)
    expect([code, result.status]).toEqual([3, 'unknown'])
  })

  it('says on paper too which host is missing, and what to try', () => {
    const { out, err } = run(server, ['check', '-H', 'here', '-H', 'refused'])
    expect(out).toContain('NOT REACHED  refused: nothing listens on its ssh port\n  try  ssh -p PORT refused')
    expect(err).toContain('lvsdoctor: no evidence of refused: nothing listens on its ssh port\n')
  })

  it('has nothing to judge where no host answers', () => {
    const { code, out, err } = run(server, ['check', '-H', 'refused'])
    expect([code, out]).toEqual([69, ''])
    expect(err).toContain('lvsdoctor: nothing could be collected\n')
  })

  it.each([['-oProxyCommand=touch'], [' '], ['a b'], ['host;reboot'], ['$(id)']])('refuses the name %j', (name) => {
    expect(run(server, ['check', `--host=${name}`]).code).toBe(64)
  })

  it('gives a bundle that is judged like the hosts themselves', () => {
    const folder = emptyFolder()
    const live = run(server, ['check', '-H', 'here', '--save', join(folder, 'kept'), '--json'])
    expect(said(run(server, ['check', join(folder, 'kept'), '--json']).out)).toEqual(said(live.out))
    const bundle = join(folder, 'cluster.tar.gz')
    execFileSync('tar', ['-czf', bundle, '-C', join(folder, 'kept'), '.'])
    expect(said(run(server, ['check', bundle, '--json']).out)).toEqual(said(live.out))
  })

  it('keeps the evidence of several hosts in one file', () => {
    const bundle = join(emptyFolder(), 'cluster.tar.gz')
    expect(run(server, ['collect', '-H', 'here', '-o', bundle])).toMatchObject({ code: 0, out: '', err: '' })
    expect(report(run(server, ['check', bundle, '--json']).out).hosts.map(({ sources }) => sources)).toEqual([['here']])
  })

  it('leaves no ssh behind when it is interrupted', async () => {
    const hung = await startServer({ hosts: ['hung'], forced: 'sleep 600' })
    const env = { ...process.env, PATH: `${hung.path}:${process.env.PATH}` }
    const child = spawn(process.execPath, [LAUNCHER, 'check', '-H', 'hung'], { env, stdio: 'ignore' })
    const ended = new Promise<number | null>((done) => child.on('exit', (code) => done(code)))
    while (!alive(hung)) await new Promise((done) => setTimeout(done, 50))
    child.kill('SIGINT')
    expect(await ended).toBe(130)
    expect(alive(hung)).toBe(false)
    hung.stop()
  })

  it('does not wait for a host that hangs', async () => {
    const hung = await startServer({ hosts: ['hung', 'hung2'], forced: 'sleep 600' })
    const began = Date.now()
    const { code, err } = run(hung, ['check', '-H', 'hung,hung2', '-t', '3s'])
    hung.stop()
    expect(Date.now() - began).toBeLessThan(20_000)
    expect(code).toBe(69)
    expect(err).toContain('no evidence of hung: --timeout was reached before it sent anything')
  })

  it('passes over what a login prints before the transcript', async () => {
    const noisy = await startServer({
      hosts: ['noisy'],
      forced: 'echo Welcome to the cluster; echo; eval exec $SSH_ORIGINAL_COMMAND',
    })
    const { out } = run(noisy, ['check', '-H', 'noisy', '--json'])
    noisy.stop()
    expect(report(out).unread).toEqual(report(run(server, ['check', '-H', 'here', '--json']).out).unread)
  })

  it('names what an old host lacks', async () => {
    const old = await startServer({ hosts: ['old'], hostKeyType: 'rsa', settings: ['HostKeyAlgorithms ssh-rsa'] })
    const { err } = run(old, ['check', '-H', 'old'])
    old.stop()
    expect(err).toContain('no evidence of old: no common host key type: it offers only ssh-rsa')
  })
})

/** Does an `ssh` of this server run? */
function alive(server: Server): boolean {
  const found = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return found.some((pid) => {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      return words.startsWith('/usr/bin/ssh\0') && words.includes(join(server.path, '..', 'ssh_config'))
    } catch {
      return false
    }
  })
}

describe('results of Ansible', () => {
  it('are read like transcripts; hosts that it could not ask are told', async () => {
    const { mkdtempSync, writeFileSync } = await import('node:fs')
    const { tmpdir } = await import('node:os')
    const tree = mkdtempSync(join(tmpdir(), 'lvsdoctor-tree-'))
    const files = readdirSync(CASE).filter((name) => name.endsWith('.txt'))
    for (const name of files) {
      const stdout = readFileSync(join(CASE, name), 'utf8').replaceAll('\n', '\r\n')
      writeFileSync(join(tree, name.slice(0, -4)), JSON.stringify({ changed: true, rc: 0, stderr: '', stdout }))
    }
    const lost = { changed: false, msg: 'Failed to connect to the host via ssh: timed out', unreachable: true }
    writeFileSync(join(tree, 'rs9.example.org'), JSON.stringify(lost))
    const whole = said(run(undefined, ['check', CASE, '--json']).out)
    const { out } = run(undefined, ['check', tree, '--json'])
    expect(said(out)).toMatchObject({ ...whole, result: { ...whole.result, complete: false } })
    expect(report(out).notReached).toEqual([
      {
        host: 'rs9.example.org',
        why: 'Failed to connect to the host via ssh: timed out',
        tryThis: 'ansible rs9.example.org -m ping',
      },
    ])
  })
})
