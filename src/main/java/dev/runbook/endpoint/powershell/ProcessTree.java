package dev.runbook.endpoint.powershell;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A process with everything it started. The members are listed before the first signal: once the parent is gone its children
 * belong to somebody else and are not found any more. One that left the tree before (a double fork) is never found.
 */
final class ProcessTree {
    private static final Duration AFTER_KILL = Duration.ofMillis(500);

    private final ProcessHandle root;
    private final Set<ProcessHandle> seen = new LinkedHashSet<>();

    private ProcessTree(ProcessHandle root) {
        this.root = root;
        look();
    }

    /** The tree as it is now. */
    static ProcessTree of(ProcessHandle root) {
        return new ProcessTree(root);
    }

    /** Asks all members to end, waits, then ends them. A process that nobody reaps counts as ended after the wait. */
    void end(Duration patience) {
        seen.forEach(ProcessHandle::destroy);
        if (!isGoneWithin(patience)) {
            look();
            seen.forEach(ProcessHandle::destroyForcibly);
            isGoneWithin(AFTER_KILL);
        }
    }

    /** Waits until no member is alive. */
    boolean isGoneWithin(Duration patience) {
        try {
            CompletableFuture.allOf(seen.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void look() {
        Stream.concat(
                        Stream.of(root),
                        Stream.concat(root.descendants(), seen.stream().flatMap(ProcessHandle::descendants)))
                .toList()
                .forEach(seen::add);
    }
}
