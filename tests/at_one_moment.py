"""Things that happen at one moment, each on a connection of its own to a real PostgreSQL."""

import threading

from django.db import close_old_connections, connection


def at_one_moment(*calls) -> list[object]:
    """What each call gave or raised, all begun together, each on a connection of its own."""
    barrier, outcomes = threading.Barrier(len(calls)), []

    def run(call):
        close_old_connections()
        barrier.wait()
        try:
            outcomes.append(call())
        except Exception as error:  # noqa: BLE001 - the test looks at it
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
