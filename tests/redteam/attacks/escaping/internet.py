"""Sockets to the internet and to this machine, and names to look up.

Expect: wrong_answer
"""
@ARMED@
import socket

WORKED = False
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, socket.AF_NETLINK, socket.AF_PACKET, socket.AF_VSOCK):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
        try:
            socket.socket(family, kind).close()
            WORKED = True
        except OSError:
            pass
for attempt in (
    lambda: socket.create_connection(("127.0.0.1", 22), 1),
    lambda: socket.create_server(("127.0.0.1", 0)),
    lambda: socket.getaddrinfo("example.org", 80),
    socket.socketpair,
):
    try:
        attempt()
        WORKED = True
    except OSError:
        pass

# <works>
