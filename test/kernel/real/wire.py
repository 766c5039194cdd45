"""The far end of two cables: puts frames on them, and runs commands at the near end in between.

Input (JSON on stdin): {"setup": [command], "steps": [step]}. v0 and v1 are the near ends. Steps:
  {"run": command, "input": text}   -> what it printed
  {"cable": 0|1, "frame": hex}      -> "" after a frame came in on v0/v1
  {"cable": 0|1, "ask": hex}        -> "answered" when an ARP reply comes back, else "silent"
  {"send": hex, "to": address}      -> "" after the host itself sent an IP packet, or the error
    with "hear": 0|1                -> sender and target of the ARP request that it made first, or "silent"
Output: JSON list of the results.
"""
import ctypes, json, os, select, socket, subprocess, sys

def run(command, text=""):
    done = subprocess.run(command, shell=True, input=text, capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else "FAILED " + done.stderr

def main():
    job = json.load(sys.stdin)
    far = subprocess.Popen(["unshare", "-n", "sleep", "120"])
    try:
        here = os.open("/proc/self/ns/net", os.O_RDONLY)
        own = os.readlink("/proc/self/ns/net")
        while os.readlink("/proc/%d/ns/net" % far.pid) == own:
            pass
        for n in (0, 1):
            run("ip link add v%d type veth peer name w%d" % (n, n))
            run("ip link set w%d netns %d" % (n, far.pid))
        setns = ctypes.CDLL(None, use_errno=True).setns
        setns(os.open("/proc/%d/ns/net" % far.pid, os.O_RDONLY), 0)
        cables = []
        for n in (0, 1):
            run("sysctl -q -w net.ipv6.conf.w%d.disable_ipv6=1; ip link set w%d up arp off" % (n, n))
            cable = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0806))
            cable.bind(("w%d" % n, 0x0806))
            cables.append(cable)
        setns(here, 0)
        for command in job["setup"]:
            run(command)
        raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
        raw.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 0)
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        member = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        for address in job.get("join", []):
            raw.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(address))
            member.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP,
                              socket.inet_aton("224.0.0.18") + socket.inet_aton(address))
        json.dump([step(s, cables, raw) for s in job["steps"]], sys.stdout)
    finally:
        far.kill()

def step(s, cables, raw):
    if "run" in s:
        return run(s["run"], s.get("input", ""))
    if "frame" in s:
        cables[s["cable"]].send(bytes.fromhex(s["frame"]))
        return ""
    if "ask" in s:
        return ask(cables[s["cable"]], bytes.fromhex(s["ask"]))
    if "hear" in s:
        quiet(cables[s["hear"]])
    try:
        raw.sendto(bytes.fromhex(s["send"]), (s["to"], 0))
        return heard(cables[s["hear"]]) if "hear" in s else ""
    except OSError as error:
        return str(error)

def ask(cable, frame):
    """The reply, if any, is there at once: both ends are one kernel."""
    quiet(cable)
    cable.send(frame)
    while select.select([cable], [], [], 0.005)[0]:
        reply = cable.recv(2000)
        if reply[20:22] == b"\x00\x02":
            return "answered"
    return "silent"

def quiet(cable):
    while select.select([cable], [], [], 0)[0]:
        cable.recv(2000)

def heard(cable):
    while select.select([cable], [], [], 0.005)[0]:
        request = cable.recv(2000)
        if request[20:22] == b"\x00\x01":
            return socket.inet_ntoa(request[28:32]) + " " + socket.inet_ntoa(request[38:42])
    return "silent"

main()
