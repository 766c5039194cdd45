/** The registry: every check, sorted by id. `npm run new:check` adds to it; a test compares it with the folder. */
import type { Check } from '../model/check.ts'

import { rsArpIgnoreMissing } from './rs-arp-ignore-missing.ts'
import { vrrpBlockedInput } from './vrrp-blocked-input.ts'

export const CHECKS: readonly Check[] = [rsArpIgnoreMissing, vrrpBlockedInput]
