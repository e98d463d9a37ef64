"""Jobs take along the id of the request that defers them, and log under it when a worker does them."""

import logging
import time
from typing import Any

from procrastinate import App
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job
from procrastinate.manager import JobManager
from procrastinate.middleware import AsyncCallNext
from procrastinate.worker import Worker

from core.logs import request_ids

logger = logging.getLogger(__name__)

#: The name of the argument. The task itself never sees it.
ARGUMENT = "request_id"


def set_up(app: App) -> None:
    app.job_manager = CarryingJobManager(app.connector)
    app.worker_defaults["worker_middleware"] = [under_the_id_of_its_request]


class CarryingJobManager(JobManager):
    async def batch_defer_jobs_async(self, jobs: list[Job], connection: Any | None = None) -> list[Job]:
        return await super().batch_defer_jobs_async([with_id(job) for job in jobs], connection)

    def batch_defer_jobs(self, jobs: list[Job], connection: Any | None = None) -> list[Job]:
        return super().batch_defer_jobs([with_id(job) for job in jobs], connection)


def with_id(job: Job) -> Job:
    request_id = request_ids.current()
    return job.evolve(task_kwargs=job.task_kwargs | {ARGUMENT: request_id}) if request_id else job


async def under_the_id_of_its_request(call_next: AsyncCallNext, context: JobContext, worker: Worker) -> Any:
    """Each job runs in a context of its own, so that the id holds for it alone, and for what it defers."""
    job = context.job
    request_ids.begin(str(job.task_kwargs.pop(ARGUMENT, "")))
    began = time.monotonic()
    status = "failed"
    try:
        result = await call_next()
        status = "succeeded"
        return result
    finally:
        milliseconds = round((time.monotonic() - began) * 1000)
        told = {"task": job.task_name, "job": job.id, "status": status, "milliseconds": milliseconds}
        logger.info("Job %s of %s %s", job.id, job.task_name, status, extra=told)
