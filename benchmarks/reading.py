"""The classifier's cost: one entry, a batch, training, file, memory. Its quality: `langnghe triage evaluate`."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from benchmarks.rows import Row
from triage.casework.placing import topic_posts
from triage.deciding import Decider
from triage.reading.artefact import default_path, load
from triage.reading.corpus import HELD_OUT, load_corpus
from triage.reading.training import train
from triage.routing.roster import Roster

_LOADED = (
    "import re; from triage.reading.artefact import default_path, load; "
    "load(default_path()).read(['đèn đường hỏng']); "
    # Not ru_maxrss: that begins with what the process held that started this one.
    "print(int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]) / 1024)"
)


def size_and_training() -> Iterator[Row]:
    """Training from the corpus with its cross-validation, the file, and the memory of a process that reads."""
    began = time.perf_counter()
    train(load_corpus())
    yield Row("training", "s", [time.perf_counter() - began], "≤ 120, aim 30")
    yield Row("classifier file", "MB", [default_path().stat().st_size / 1e6], "≤ 25, aim 10")
    memory = subprocess.run([sys.executable, "-c", _LOADED], capture_output=True, text=True, check=True).stdout
    yield Row("memory of a process that reads", "MB", [float(memory)], "≤ 350, aim 200")


def speed() -> Iterator[Row]:
    """Reading and routing of the held-out texts, one by one and all at once."""
    began = time.perf_counter()
    classifier = load(default_path())
    yield Row("load the classifier", "ms", [(time.perf_counter() - began) * 1000])
    decider, roster = Decider(classifier, topic_posts()), Roster()
    texts = [entry.text for entry in load_corpus(but=()) if entry.id.startswith(HELD_OUT.removesuffix(".jsonl"))]
    times = []
    for text in texts:
        began = time.perf_counter()
        decider.decide([text], roster)
        times.append((time.perf_counter() - began) * 1000)
    ranked = sorted(times)
    yield Row("one entry, p50", "ms", [ranked[len(ranked) // 2]])
    yield Row("one entry, p99", "ms", [ranked[int(len(ranked) * 0.99)]], "≤ 10, aim 3")
    yield _rate("entries a second, read, one core", lambda: classifier.read(texts * 3), 3 * len(texts), "≥ 3000")
    routed = "entries a second, read and routed, one core"
    yield _rate(routed, lambda: decider.decide(texts * 3, roster), 3 * len(texts))


def _rate(name: str, work: Callable[[], object], entries: int, floor: str = "") -> Row:
    """Five rounds in computing time: what one core does, whoever else uses the machine."""
    rates = []
    for _round in range(5):
        began = time.process_time()
        work()
        rates.append(entries / (time.process_time() - began))
    return Row(name, "1/s", rates, floor)
