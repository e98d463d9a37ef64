"""Run a command as systemd runs a service with a socket: on_a_socket.py <its descriptor> <command> …"""

import os
import sys

#: The first that a service is given, behind its input and its two outputs.
FIRST_SOCKET = 3


def main() -> None:
    _name, descriptor, *command = sys.argv
    os.dup2(int(descriptor), FIRST_SOCKET)
    os.set_inheritable(FIRST_SOCKET, True)  # where it was this one already
    os.environ |= {"LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())}
    os.execvp(command[0], command)


if __name__ == "__main__":
    main()
