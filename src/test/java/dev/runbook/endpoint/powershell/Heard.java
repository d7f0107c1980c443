package dev.runbook.endpoint.powershell;

import dev.runbook.endpoint.Cancellation;
import dev.runbook.endpoint.Limits;
import dev.runbook.endpoint.Progress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a shell says while it works, and can stop it at a word. */
final class Heard implements Progress {
    final List<String> said = new CopyOnWriteArrayList<>();
    final List<Long> advanced = new CopyOnWriteArrayList<>();
    private final Cancellation cancellation = new Cancellation();
    private Optional<String> cue = Optional.empty();

    /** Requests a stop as soon as this is said. */
    Heard stopAt(String word) {
        cue = Optional.of(word);
        return this;
    }

    Limits limits() {
        return new Limits(Optional.empty(), cancellation, this);
    }

    @Override
    public void advanced(long done, long total, String unit) {
        advanced.add(done);
    }

    @Override
    public void said(String message) {
        said.add(message);
        if (cue.filter(message::equals).isPresent()) {
            cancellation.request();
        }
    }
}
