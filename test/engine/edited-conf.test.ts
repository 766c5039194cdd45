import { describe, expect, it } from 'vitest'
import { assemble } from '../../src/engine/assemble.ts'
import { createRedactor, readTranscript } from '../../src/transcript/index.ts'
import { conf } from '../checks/support/cluster.ts'

/** Is the configuration still known after a command that was typed behind it? */
const factAfter = (...commands: readonly string[]): string => {
  const shown = `[root@ds1 ~]# cat /etc/keepalived/keepalived.conf\n${conf()}\n`
  const text = `${shown}${commands.map((command) => `[root@ds1 ~]# ${command}\n`).join('')}[root@ds1 ~]# \n`
  const [host] = assemble([
    readTranscript(new TextEncoder().encode(text), { name: 'a.txt', redactor: createRedactor() }),
  ]).hosts
  return host?.facts.keepalived.state ?? 'none'
}

describe('a keepalived.conf that was shown', () => {
  it.each([
    "sed -i 's/virtual_router_id 52/virtual_router_id 51/' /etc/keepalived/keepalived.conf",
    'vim /etc/keepalived/keepalived.conf',
    'cp /root/keepalived.conf /etc/keepalived/',
    'mv /etc/keepalived/keepalived.conf /root/',
    'cat /root/new > /etc/keepalived/keepalived.conf',
  ])('is outdated after %s', (command) => {
    expect(factAfter(command)).toBe('missing')
  })

  it.each([
    'cp /etc/keepalived/keepalived.conf /root/keepalived.conf.bak',
    'chmod 644 /etc/keepalived/keepalived.conf',
    'cat /etc/keepalived/keepalived.conf > /tmp/copy',
    'vim /etc/hosts',
    'systemctl restart keepalived',
  ])('still stands after %s', (command) => {
    expect(factAfter(command)).toBe('known')
  })
})
