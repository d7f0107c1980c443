package dev.runbook.endpoint.files;

import dev.runbook.endpoint.Failure;
import java.io.IOException;

/** A copy ended early for a reason that is not the file system's. */
final class CopyStopped extends IOException {
    private final transient Failure failure;

    CopyStopped(Failure failure) {
        super(failure.message());
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
