"""Writes every packet of this network namespace to a pcap file, until its input ends.

Usage: python3 capture.py FILE. Prints "ready" once it listens. For each line of input it takes in what has arrived and
prints how many bytes the file has and how many packets the kernel had to drop since the last answer.
"""
import select
import socket
import struct
import sys
import time

ALL_PROTOCOLS = socket.htons(3)
FORCED_BUFFER, SOL_PACKET, PACKET_STATISTICS = 33, 263, 6

packets = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, ALL_PROTOCOLS)
packets.setsockopt(socket.SOL_SOCKET, FORCED_BUFFER, 128 << 20)
packets.setblocking(False)
file = open(sys.argv[1], "wb", 0)
size = file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 1 << 18, 1))
print("ready", flush=True)


def take_in():
    global size
    while True:
        try:
            frame, (_, _, kind, hardware, _) = packets.recvfrom(1 << 18)
        except BlockingIOError:
            return
        # The loopback shows each packet going and coming; once is enough.
        if hardware == 772 and kind == socket.PACKET_OUTGOING:
            continue
        now = time.time()
        head = struct.pack("<IIII", int(now), int(now % 1 * 1e6), len(frame), len(frame))
        size += file.write(head + frame)


while True:
    ready, _, _ = select.select([packets, sys.stdin], [], [])
    take_in()
    if sys.stdin in ready:
        if not sys.stdin.readline():
            break
        take_in()
        statistics = packets.getsockopt(SOL_PACKET, PACKET_STATISTICS, 8)
        print(size, struct.unpack("II", statistics)[1], flush=True)
