import { expect, it } from 'vitest'
import { NotUnderstood } from '../../src/model/errors.ts'
import { avc } from '../../src/parsers/avc.ts'
import { detectVirt, selinux } from '../../src/parsers/platform.ts'
import { sectionOf } from './section.ts'

const EXECUTE =
  'type=AVC msg=audit(1700000000.123:456): avc:  denied  { execute } for  pid=1234 comm="keepalived" name="check.sh" dev="dm-0" ino=7 scontext=system_u:system_r:keepalived_t:s0 tcontext=unconfined_u:object_r:admin_home_t:s0 tclass=file permissive=0'
const SYSCALL =
  'type=SYSCALL msg=audit(1700000000.123:456): arch=c000003e syscall=59 success=no exit=-13 comm="keepalived"'

it('reads a refusal, and passes over the records beside it', () => {
  const { value, unread } = avc.parse(sectionOf(`----\ntime->Fri Nov 20 13:29:05 2026\n${SYSCALL}\n${EXECUTE}`))
  expect(unread).toEqual([])
  expect(value.denials).toMatchObject([
    {
      domain: 'keepalived_t',
      permissions: ['execute'],
      target: 'admin_home_t',
      class: 'file',
      name: 'check.sh',
      permissive: false,
    },
  ])
})

it('old kernels do not say whether it was refused or only logged', () => {
  const { value } = avc.parse(sectionOf(EXECUTE.replace(' permissive=0', '')))
  expect(value.denials[0]).not.toHaveProperty('permissive')
})

it('<no matches> is none', () => expect(avc.parse(sectionOf('<no matches>')).value.denials).toEqual([]))

it('a refusal without its contexts is unread', () => {
  const { unread } = avc.parse(sectionOf(`${SYSCALL}\n${EXECUTE.replace(/scontext=\S+/, '')}`))
  expect(unread).toHaveLength(1)
})

it.each(['', 'foo', 'Enforcing'])('is no audit log: %j', (text) => {
  expect(() => avc.parse(sectionOf(text))).toThrow(NotUnderstood)
})

it.each([
  ['Enforcing', 'Enforcing'],
  ['1\n', 'Enforcing'],
  ['0', 'Permissive'],
  ['Disabled', 'Disabled'],
])('SELinux %j is %s', (text, mode) => expect(selinux.parse(sectionOf(text)).value.selinux?.value).toBe(mode))

it.each(['kvm', 'none', 'vm-other'])('runs on %s', (word) => {
  expect(detectVirt.parse(sectionOf(word)).value.virtualization?.value).toBe(word)
})

it.each(['', 'No such file', 'KVM'])('is no hypervisor: %j', (text) => {
  expect(() => detectVirt.parse(sectionOf(text))).toThrow(NotUnderstood)
  expect(() => selinux.parse(sectionOf(text))).toThrow(NotUnderstood)
})
