package dev.runbook.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program that tells a secret, such as the client of a vault: the first line that it prints. No shell reads its words, nothing
 * that it prints is ever shown, and it ends with this program.
 *
 * @param words its path and its arguments
 * @param patience how long it may take
 */
record SecretProgram(List<String> words, Duration patience) {
    private static final int MAX_BYTES = 1 << 16;

    /** The secret; empty where the program cannot be started, fails, says nothing, or says it too late. */
    Optional<String> secret() {
        Process process;
        try {
            process = new ProcessBuilder(words)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return Optional.empty();
        }
        Thread atTheEnd = new Thread(() -> end(process), "secret");
        Runtime.getRuntime().addShutdownHook(atTheEnd);
        try {
            return told(process);
        } finally {
            end(process);
            forget(atTheEnd);
        }
    }

    private Optional<String> told(Process process) {
        try {
            return CompletableFuture.supplyAsync(() -> awaited(process))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .lines()
                    .findFirst();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        }
    }

    /** What it printed; nothing where it did not end well. */
    private static String awaited(Process process) {
        try (InputStream out = process.getInputStream()) {
            process.getOutputStream().close();
            String text = new String(out.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? text : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the program ends just now
            return;
        }
    }
}
