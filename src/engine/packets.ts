/** Packets to text: a chunk of its own, because only runs with a capture need it. */
export { CaptureReader } from '../parsers/pcap/reader.ts'
