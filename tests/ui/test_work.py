"""Long work: off the screens' thread, back on it, cancelled at a step, waited for at the end."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from ui.widgets.work import Cancelled, Progress, Worker


@pytest.fixture
def worker(qapp: object) -> Iterator[Worker]:
    made = Worker()
    yield made
    made.wait_all(cancel=True)


def test_the_job_runs_elsewhere_and_its_result_comes_back_here(
    qtbot: QtBot, worker: Worker
) -> None:
    here = threading.get_ident()
    seen: list[tuple[int, int]] = []
    with qtbot.waitSignal(worker.finished):
        worker.run(
            lambda _: threading.get_ident(),
            lambda there: seen.append((there, threading.get_ident())),
        )
    assert seen[0][0] != here
    assert seen[0][1] == here
    assert not worker.busy


def test_jobs_run_one_after_another(qtbot: QtBot, worker: Worker) -> None:
    said: list[int] = []
    for number in range(20):
        worker.run(lambda _, n=number: n, said.append)
    worker.wait_all()
    assert said == list(range(20))


def test_progress_is_reported_and_the_last_step_always(qtbot: QtBot, worker: Worker) -> None:
    def job(progress: Progress) -> None:
        for at in range(1, 1001):
            progress.step(at, 1000, "导入")

    said: list[tuple[int, int, str]] = []
    worker.progressed.connect(lambda *step: said.append(step))
    worker.run(job)
    worker.wait_all()
    assert said[-1] == (1000, 1000, "导入")
    assert len(said) < 200


def test_cancel_stops_the_job_at_its_next_step(qtbot: QtBot, worker: Worker) -> None:
    begun, asked = threading.Event(), threading.Event()

    def job(progress: Progress) -> None:
        begun.set()
        assert asked.wait(10)
        progress.step(1, 2)

    failures: list[BaseException] = []
    worker.run(job, failed=failures.append)
    worker.run(lambda _: pytest.fail("a waiting job was not cancelled"), failed=failures.append)
    assert begun.wait(10)
    worker.cancel()
    asked.set()
    worker.wait_all()
    assert [type(each) for each in failures] == [Cancelled, Cancelled]


def test_a_failure_reaches_the_screen(qtbot: QtBot, worker: Worker) -> None:
    failures: list[BaseException] = []
    worker.run(lambda _: 1 / 0, failed=failures.append)
    worker.wait_all()
    assert isinstance(failures[0], ZeroDivisionError)


def test_a_failure_nobody_asked_for_goes_to_the_hook(
    qtbot: QtBot, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[type[BaseException]] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, *_: caught.append(kind))
    worker.run(lambda _: 1 / 0)
    worker.run(lambda progress: (progress.cancel(), progress.step()))
    worker.wait_all()
    assert caught == [ZeroDivisionError]


def test_a_worker_can_be_used_again_after_waiting(qtbot: QtBot, worker: Worker) -> None:
    said: list[int] = []
    worker.run(lambda _: 1, said.append)
    worker.wait_all()
    worker.run(lambda _: 2, said.append)
    worker.wait_all()
    assert said == [1, 2]


def test_pythons_collector_waits_while_a_job_is_open(qtbot: QtBot, worker: Worker) -> None:
    """In the worker's thread it would destroy widgets."""
    seen: list[bool] = []
    assert gc.isenabled()
    with qtbot.waitSignal(worker.finished):
        worker.run(lambda _: gc.isenabled(), seen.append)
        assert not gc.isenabled()
    assert (seen, gc.isenabled()) == ([False], True)


def _look_at(_screen: object, _given: object) -> None:
    """A job that refers to a screen."""


def test_what_a_job_refers_to_is_let_go_of_on_the_screens_thread(
    qtbot: QtBot, worker: Worker
) -> None:
    ends: list[int] = []

    class Screen:
        def __del__(self) -> None:
            ends.append(threading.get_ident())

    screen = Screen()
    with qtbot.waitSignal(worker.finished):
        worker.run(partial(_look_at, screen), partial(_look_at, screen))
        del screen
    worker.run(lambda _: None)
    worker.wait_all()
    assert ends == [threading.get_ident()]


def test_what_a_result_asks_for_is_done_before_the_end(qtbot):
    worker, done = Worker(), []
    worker.run(lambda _: 1, lambda _: worker.run(lambda _: 2, done.append))
    worker.wait_all()
    assert done == [2]
    assert not worker.busy
    worker.close()
