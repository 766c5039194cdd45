/** Packet filter: `walk` for the verdict, `walkNat` for rewriting. */
export type { Doubt } from './filter/outcomes.ts'
export type { Answer, CtState, FilterPacket, Hook, TcpFlag } from './filter/packet.ts'
export { portNumber, protocolNumber } from './filter/protocols.ts'
export type { Listing } from './filter/stages.ts'
export type { Step } from './filter/trace.ts'
export { type Passage, pass } from './filter/translate.ts'
export { type NatVerdict, type Verdict, walk, walkNat } from './filter/walk.ts'
