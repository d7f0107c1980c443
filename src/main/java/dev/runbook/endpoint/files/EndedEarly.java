package dev.runbook.endpoint.files;

import dev.runbook.endpoint.Failure;
import java.io.IOException;

/** Work on files ended early for a reason that is not the file system's. */
final class EndedEarly extends IOException {
    private final transient Failure failure;

    EndedEarly(Failure failure) {
        super(failure.message());
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
