/** How the system's own ssh is called. Nothing of the operator's set-up is overridden but what would ask, forward or write. */

export interface SshOptions {
  readonly connectTimeoutMs: number
}

/**
 * Asked of the remote login shell, whatever that is (csh included): a POSIX shell that reads the collector from stdin, as root
 * where sudo lets us without a password. `sudo -n` fails at once where it would ask, and where it wants a terminal (`requiretty`).
 */
const REMOTE = `sh -c 'if [ "$(id -u)" -gt 0 ] && sudo -n true >/dev/null 2>&1; then exec sudo -n sh -s; else exec sh -s; fi'`

/** Arguments of one `ssh`. The host comes behind `--`, so that no name can be an option. */
export function sshArguments(host: string, { connectTimeoutMs }: SshOptions): readonly string[] {
  const settings = [
    // Nobody may be there to answer, and several hosts would ask at once.
    'BatchMode=yes',
    'StrictHostKeyChecking=yes',
    'UpdateHostKeys=no',
    `ConnectTimeout=${Math.max(1, Math.ceil(connectTimeoutMs / 1000))}`,
    // A host that hangs in the middle is noticed, also where the network swallows everything.
    'ServerAliveInterval=10',
    'ServerAliveCountMax=3',
    'ClearAllForwardings=yes',
    'PermitLocalCommand=no',
    'RemoteCommand=none',
    // With ERROR, OpenSSH 9 keeps to itself what an old host lacks.
    'LogLevel=INFO',
  ]
  return ['-T', '-a', '-x', ...settings.flatMap((setting) => ['-o', setting]), '--', host, REMOTE]
}
