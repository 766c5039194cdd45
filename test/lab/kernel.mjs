// The guest kernel: a Linux kernel that runs as an ordinary process (User Mode Linux).
import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const NOBODY = 65534

/** Where a kernel may be, best first; the second is what a team shares beside the project. */
const PLACES = [process.env.LVSDOCTOR_LAB_KERNEL, join(root, '../shared/lab/linux-uml'), '/usr/bin/linux.uml']
const MODULES = '/usr/lib/uml/modules'

const PROGRAMS =
  'ip ipvsadm keepalived iptables-legacy arptables-legacy tcpdump arping curl busybox rsyslogd unshare nsenter taskset setpriv ps ss nstat'
const FOLDERS = ['/usr/sbin', '/usr/bin', '/sbin', '/bin']

/** Programs of the machine without which there is no lab. */
export function missing() {
  const lacking = PROGRAMS.split(' ').filter((name) => !FOLDERS.some((folder) => existsSync(join(folder, name))))
  return findKernel() === undefined
    ? ['a kernel (package user-mode-linux, or LVSDOCTOR_LAB_KERNEL)', ...lacking]
    : lacking
}

/**
 * The kernel to use, and what it can do.
 * @returns {{ path: string, nft: boolean, timeTravel: boolean, modules: string } | undefined}
 */
export function findKernel() {
  const path = PLACES.find((place) => place && existsSync(place))
  if (path === undefined) return undefined
  const config = execFileSync(path, ['--showconfig'], { encoding: 'utf8', maxBuffer: 1 << 24 })
  return {
    path,
    nft: /^CONFIG_NF_TABLES_IPV4=y/m.test(config),
    timeTravel: /^CONFIG_UML_TIME_TRAVEL_SUPPORT=y/m.test(config),
    modules: /^CONFIG_IP_VS=m/m.test(config) ? MODULES : '',
  }
}

/**
 * Whom the kernel process runs as. As root we step down to nobody, so that even a guest that mounts the machine's files
 * writable cannot change them; where nobody cannot read what is needed, the read-only mount is the guard.
 */
export function stepDown(needed) {
  if (process.getuid?.() !== 0) return []
  const prefix = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups']
  try {
    for (const path of needed) execFileSync(prefix[0], [...prefix.slice(1), 'test', '-r', path])
    return prefix
  } catch {
    return []
  }
}

export const guestOwner = (prefix) => (prefix.length === 0 ? undefined : NOBODY)

/**
 * Boots the guest and waits for its end, or until `stuck()`.
 * @returns {Promise<{ hung: boolean, said: string }>}
 */
export function boot(kernel, { guest, tool, results, wanted, prefix, cpu, stuck, interactive = false }) {
  const words = [
    ...prefix,
    ...(cpu === undefined ? [] : ['taskset', '-c', String(cpu)]),
    kernel.path,
    'rootfstype=hostfs',
    'rootflags=/',
    'ro',
    `init=${join(guest, 'init.sh')}`,
    'mem=512M',
    'quiet',
    'con=null',
    interactive ? 'con0=fd:0,fd:1' : 'con0=null,fd:1',
    ...(kernel.timeTravel && !interactive ? ['time-travel'] : []),
    `LAB_GUEST=${guest}`,
    `LAB_TOOL=${tool}`,
    `LAB_RESULTS=${results}`,
    `LAB_MODULES=${kernel.modules}`,
    `LAB_WANTED=${wanted}`,
  ]
  const [program, ...rest] = words
  const child = spawn(program, rest, {
    // A group of its own: the guest's processes are processes of the machine, and end with it.
    detached: true,
    stdio: interactive ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: results, TERM: process.env.TERM ?? 'dumb' },
  })
  return waitFor(child, stuck)
}

function waitFor(child, stuck) {
  return new Promise((resolve, reject) => {
    let said = ''
    let hung = false
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (said += data))
    const end = () => {
      try {
        process.kill(-child.pid, 'SIGKILL')
      } catch {
        // Gone already.
      }
    }
    const clock = setInterval(() => {
      if (!stuck?.()) return
      hung = true
      end()
    }, 5000)
    process.once('exit', end)
    child.once('error', reject)
    child.once('close', () => {
      clearInterval(clock)
      process.off('exit', end)
      end()
      resolve({ hung, said })
    })
  })
}
