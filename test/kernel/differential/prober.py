"""A host with three cables in a network namespace of its own: takes orders a line, answers a line (JSON).

v0, v1, v2 are the host's ends, w0, w1, w2 lie in another namespace where nobody answers. Orders:
  {"run": command, "input": text}                    -> {"ok": bool, "out": text, "err": text}
  {"probe": hex, "id": n, "cable": 0|1|2, ...}        an IP packet comes in on v0/v1/v2, `frame` being its Ethernet header
  {"probe": hex, "id": n, "to": address, ...}         the host itself sends it; "mark", "bind" (interface), "from" (address) of its socket where given
    "track": [connection]                             connections that exist before; all others are forgotten
      -> {"delivered": hex|null, "out": [[cable, hex]...], "said": [hex...], "error": text|null, "rp": n}
    delivered: as a socket got it; out: as it left (frames); said: answers to it (ICMP errors, TCP resets); rp: rp_filter drops
"""
import ctypes, json, os, select, socket, struct, subprocess, sys

CABLES = 3
FENCE = 0x88B5
LIBC = ctypes.CDLL(None, use_errno=True)

def run(command, text=""):
    done = subprocess.run(command, shell=True, input=text, capture_output=True, text=True)
    return {"ok": done.returncode == 0, "out": done.stdout, "err": done.stderr}

def attribute(kind, payload):
    size = 4 + len(payload)
    return struct.pack("=HH", size, kind) + payload + b"\0" * (-size % 4)

def nest(kind, *parts):
    return attribute(kind | 0x8000, b"".join(parts))

class Tracking:
    """Connection tracking over nfnetlink: forget everything, make a connection."""

    def __init__(self):
        self.socket = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 12)

    def order(self, kind, flags, payload=b""):
        body = struct.pack("=BBH", socket.AF_INET, 0, 0) + payload
        head = struct.pack("=IHHII", 16 + len(body), 0x100 | kind, 1 | 4 | flags, 1, 0)
        self.socket.send(head + body)
        error = struct.unpack("=i", self.socket.recv(4096)[16:20])[0]
        if error:
            raise OSError(-error, "connection tracking: " + os.strerror(-error))

    def forget(self):
        self.order(2, 0)

    def make(self, connection):
        protocol, src, dst = connection["protocol"], connection["src"], connection["dst"]
        ports = (connection.get("sport", 0), connection.get("dport", 0))
        def end(kind, a, b, ports, icmp):
            ip = nest(1, attribute(1, socket.inet_aton(a)), attribute(2, socket.inet_aton(b)))
            number = attribute(1, bytes([protocol]))
            if protocol == 1:
                more = attribute(4, struct.pack(">H", ports[0])) + attribute(5, bytes([icmp])) + attribute(6, b"\0")
            else:
                more = attribute(2, struct.pack(">H", ports[0])) + attribute(3, struct.pack(">H", ports[1]))
            return nest(kind, ip, nest(2, number, more if protocol in (1, 6, 17) else b""))
        tcp = nest(4, nest(1, attribute(1, b"\3"), attribute(4, b"\x08\x08"), attribute(5, b"\x08\x08")))
        self.order(0, 0x600, end(1, src, dst, ports, 8)
            + end(2, dst, src, ports[:1] if protocol == 1 else ports[::-1], 0)
            + attribute(3, struct.pack(">I", 14)) + attribute(7, struct.pack(">I", 600))
            + (tcp if protocol == 6 else b""))

class Host:
    def __init__(self):
        self.far = subprocess.Popen(["unshare", "-n", "cat"], stdin=subprocess.PIPE)
        own = os.readlink("/proc/self/ns/net")
        while os.readlink("/proc/%d/ns/net" % self.far.pid) == own:
            pass
        here = os.open("/proc/self/ns/net", os.O_RDONLY)
        for n in range(CABLES):
            run("ip link add v%d address 02:00:00:00:00:0%d type veth peer name w%d netns %d" % (n, n + 1, n, self.far.pid))
        LIBC.setns(os.open("/proc/%d/ns/net" % self.far.pid, os.O_RDONLY), 0)
        self.wires = []
        for n in range(CABLES):
            run("sysctl -q -w net.ipv6.conf.w%d.disable_ipv6=1; ip link set w%d up arp off" % (n, n))
            wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
            wire.bind(("w%d" % n, 3))
            self.wires.append(wire)
        LIBC.setns(here, 0)
        self.fence = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(FENCE))
        self.ears = [socket.socket(socket.AF_INET, socket.SOCK_RAW, p) for p in (1, 4, 6, 17, 112)]
        self.member = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.tracking = None

    def join(self, group, device):
        index = socket.if_nametoindex(device)
        self.member.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP,
                               struct.pack("4s4si", socket.inet_aton(group), b"\0" * 4, index))

    def wait(self):
        """Whatever was sent before has been worked off when a frame behind it arrives: queues keep their order."""
        frame = b"\xff" * 6 + b"\2\0\0\0\0\xaa" + struct.pack(">H", FENCE) + b"\0" * 46
        for _ in range(3):
            self.wires[0].send(frame)
            if not select.select([self.fence], [], [], 2)[0]:
                raise RuntimeError("a frame was lost")
            self.fence.recv(2000)

    def drained(self, one):
        while select.select([one], [], [], 0)[0]:
            yield one.recvfrom(65535)

    def probe(self, order):
        if self.tracking is None:
            self.tracking = Tracking()
        self.tracking.forget()
        for connection in order.get("track", []):
            self.tracking.make(connection)
        for one in (*self.wires, *self.ears, self.fence):
            for _ in self.drained(one):
                pass
        before = refused()
        packet, error = bytes.fromhex(order["probe"]), None
        if "cable" in order:
            self.wires[order["cable"]].send(bytes.fromhex(order["frame"]) + packet)
        else:
            error = self.send(packet, order)
        self.wait()
        return {**self.heard(order["id"], packet[9]), "error": error, "rp": refused() - before}

    def send(self, packet, order):
        raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
        try:
            raw.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 0)
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
            if "mark" in order:
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_MARK, order["mark"])
            if "bind" in order:
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, order["bind"].encode())
            if "from" in order:
                raw.bind((order["from"], 0))
            raw.sendto(packet, (order["to"], 0))
        except OSError as failure:
            return os.strerror(failure.errno)
        finally:
            raw.close()

    def heard(self, number, protocol):
        delivered, out, said = None, [], []
        def is_it(ip):
            return ip[9] == protocol and ip[4:6] == struct.pack(">H", number)
        def answers(ip):
            if ip[9] == 1 and ip[20] in (3, 5, 11, 12):
                return ip[32:34] == struct.pack(">H", number)
            return ip[9] == 6 and ip[33] & 4 and not is_it(ip)
        for n, wire in enumerate(self.wires):
            for frame, origin in self.drained(wire):
                # 4: what we sent ourselves
                if origin[2] == 4 or frame[12:14] != b"\x08\0":
                    continue
                if is_it(frame[14:]):
                    out.append([n, frame.hex()])
                elif answers(frame[14:]):
                    said.append(frame[14:].hex())
        for ear in self.ears:
            for ip, _ in self.drained(ear):
                if is_it(ip):
                    delivered = ip.hex()
                elif answers(ip):
                    said.append(ip.hex())
        return {"delivered": delivered, "out": out, "said": said}

def refused():
    with open("/proc/self/net/netstat") as counters:
        lines = [line.split() for line in counters]
    names, values = lines[0], lines[1]
    return int(values[names.index("IPReversePathFilter")])

def main():
    # One CPU, so that its queue keeps the order of frames.
    os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[int(sys.argv[1]) % len(os.sched_getaffinity(0))]})
    host = Host()
    for line in sys.stdin:
        order = json.loads(line)
        try:
            if "run" in order:
                answer = run(order["run"], order.get("input", ""))
            elif "join" in order:
                answer = host.join(order["join"], order["on"])
            else:
                answer = host.probe(order)
        except Exception as failure:
            answer = {"failed": repr(failure)}
        print(json.dumps(answer), flush=True)
    host.far.stdin.close()

main()
