"""A notifier for tests: it writes down what would have been shown."""

from __future__ import annotations

from dataclasses import dataclass, field

from lanling_desktop.core.errors import OfficeError


@dataclass
class RecordingNotifier:
    """Says nothing, keeps everything; `answer` is what a question gets."""

    answer: bool = True
    said: list[tuple[str, bool]] = field(default_factory=list)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    troubles: list[OfficeError] = field(default_factory=list)

    def say(self, text: str, *, undo: bool = False) -> None:
        self.said.append((text, undo))

    def ask(self, question: str, verb: str, detail: str = "") -> bool:
        self.asked.append((question, verb, detail))
        return self.answer

    def trouble(self, error: OfficeError) -> None:
        self.troubles.append(error)
