/** Packets to text: a chunk of its own, because only runs with a capture need it. */
export type { Listing } from '../parsers/pcap/listing.ts'
export { CaptureReader } from '../parsers/pcap/reader.ts'
