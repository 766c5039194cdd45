/** A real sshd on a port of its own, and an `ssh` that finds it under many names. Nothing of the machine's own ssh is touched. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

const SSHD = ['/usr/sbin/sshd', '/usr/bin/sshd'].find((path) => existsSync(path))

/** Can one be run here? */
export const canServe = SSHD !== undefined && existsSync('/usr/bin/ssh')

export interface Server {
  /** Folder to put first in PATH: its `ssh` knows the names. */
  readonly path: string
  /** How often `ssh` was started so far. */
  calls(): number
  stop(): void
}

export interface ServerOptions {
  /** A host that sshd serves: what to do there instead of the command that was asked for, `"$SSH_ORIGINAL_COMMAND"`. */
  readonly forced?: string
  /** More lines of sshd_config. */
  readonly settings?: readonly string[]
  readonly hostKeyType?: 'ed25519' | 'rsa'
  /** Names that lead to the server. */
  readonly hosts: readonly string[]
}

/** Names that do not: `refused` (nothing listens), `unknown-key`, `changed-key`, `no-login` (a key nobody accepts). */
export async function startServer(options: ServerOptions): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'lvsdoctor-sshd-'))
  const at = (name: string) => join(folder, name)
  const type = options.hostKeyType ?? 'ed25519'
  for (const [name, kind] of [
    ['host', type],
    ['login', 'ed25519'],
    ['stranger', 'ed25519'],
    ['other-host', type],
  ])
    execFileSync('ssh-keygen', ['-q', '-t', kind ?? type, '-N', '', '-f', at(name ?? '')])
  const login = readFileSync(at('login.pub'), 'utf8')
  const forced = options.forced === undefined ? '' : `command="${options.forced.replaceAll('"', '\\"')}" `
  writeFileSync(at('accepted'), `${forced}${login}`)
  const port = await freePort()
  const config = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${at('host')}`,
    `AuthorizedKeysFile ${at('accepted')}`,
    `PidFile ${at('pid')}`,
    'StrictModes no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'UsePAM no',
    'MaxStartups 200',
    ...(options.settings ?? []),
  ]
  writeFileSync(at('sshd_config'), `${config.join('\n')}\n`)
  mkdirSync(at('bin'))
  writeFileSync(at('ssh_config'), clientConfig(at, port, options.hosts))
  const known = (name: string, key: string) =>
    `${name} ${readFileSync(at(key), 'utf8').split(' ').slice(0, 2).join(' ')}`
  writeFileSync(at('known'), `${known('good', 'host.pub')}\n${known('changed-key', 'other-host.pub')}\n`)
  writeFileSync(at('bin/ssh'), `#!/bin/sh\necho x >> ${at('calls')}\nexec /usr/bin/ssh -F ${at('ssh_config')} "$@"\n`)
  writeFileSync(at('calls'), '')
  chmodSync(at('bin/ssh'), 0o755)
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true })
  const server = spawn(SSHD ?? '', ['-D', '-f', at('sshd_config'), '-E', at('log')], { stdio: 'ignore' })
  await listening(server, at('pid'))
  return {
    path: at('bin'),
    calls: () => readFileSync(at('calls'), 'utf8').length / 2,
    stop: () => void server.kill(),
  }
}

function clientConfig(at: (name: string) => string, port: number, hosts: readonly string[]): string {
  return `Host refused
  Port 1
Host no-login
  IdentityFile ${at('stranger')}
  HostKeyAlias good
Host unknown-key
  HostKeyAlias nobody-knows-it
Host changed-key
  HostKeyAlias changed-key
Host ${hosts.join(' ')}
  HostKeyAlias good
Host ${hosts.join(' ')} refused unknown-key changed-key
  IdentityFile ${at('login')}
Host ${hosts.join(' ')} refused no-login unknown-key changed-key
  HostName 127.0.0.1
  Port ${port}
  User ${userInfo().username}
  IdentitiesOnly yes
  UserKnownHostsFile ${at('known')}
  GlobalKnownHostsFile /dev/null
`
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

async function listening(server: ChildProcess, pidFile: string): Promise<void> {
  for (let tries = 0; tries < 200 && !existsSync(pidFile); tries += 1) {
    if (server.exitCode !== null) throw new Error(`sshd ended with ${server.exitCode}`)
    await new Promise((done) => setTimeout(done, 50))
  }
}
