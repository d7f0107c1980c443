package dev.runbook.runs;

import dev.runbook.event.Actor;
import dev.runbook.journal.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Keeps two processes from working on one run at the same time. The operating system ends it with the process, however that
 * ends; a file server may need a while to notice that a computer is gone. The lock file says whose it is.
 */
public final class RunLock implements AutoCloseable {
    /** Windows lets nobody read what is locked: so the lock lies far behind the text. */
    private static final long PLACE = 1L << 40;

    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * The lock of a run; empty while another process has it.
     *
     * @param actor whose it is to be
     * @param now from when on
     * @throws java.io.UncheckedIOException if the folder cannot be written to
     */
    public static Optional<RunLock> of(RunFolder run, Actor actor, Instant now) {
        try {
            FileChannel channel = FileChannel.open(file(run), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isFree(channel)) {
                channel.close();
                return Optional.empty();
            }
            PrivateFiles.restrict(file(run));
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(Owner.of(actor, now).text().getBytes(StandardCharsets.UTF_8)));
            return Optional.of(new RunLock(channel));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a process works on the run now. */
    public static boolean isHeld(RunFolder run) {
        if (!Files.exists(file(run))) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file(run), StandardOpenOption.WRITE)) {
            return !isFree(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Who works on the run, or did when it was last worked on and nobody ended that; empty where that cannot be told. */
    public static Optional<Owner> owner(RunFolder run) {
        try {
            return Owner.parse(Files.readString(file(run)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Makes room for a new lock although the old one is held. Only for an owner that is known to be gone: two processes on one
     * run would harm it.
     *
     * @throws IOException if the lock file cannot be removed; then its owner is not gone
     */
    public static void breakOpen(RunFolder run) throws IOException {
        Files.deleteIfExists(file(run));
    }

    private static Path file(RunFolder run) {
        return run.path().resolve("lock");
    }

    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(PLACE, 1, false);
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // this very process has it
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.truncate(0);
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Who works on a run, as it stands in the run's lock file.
     *
     * @param user the account
     * @param host the computer
     * @param process the process id there
     * @param since when it began
     */
    public record Owner(String user, String host, long process, Instant since) {
        static Owner of(Actor actor, Instant since) {
            return new Owner(actor.user(), actor.host(), actor.process(), since);
        }

        /** One line for each component, in their order. */
        String text() {
            return String.join("\n", user, host, String.valueOf(process), since.toString()) + "\n";
        }

        /** The owner as written; empty where the text is none. */
        static Optional<Owner> parse(String text) {
            List<String> lines = text.lines().toList();
            if (lines.size() != 4) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Owner(
                        lines.get(0), lines.get(1), Long.parseLong(lines.get(2)), Instant.parse(lines.get(3))));
            } catch (NumberFormatException | DateTimeException e) {
                return Optional.empty();
            }
        }

        /** {@code jdoe@jump1, process 42, since 2026-11-21T03:12:09Z}. */
        public String words() {
            return user + "@" + host + ", process " + process + ", since " + since.truncatedTo(ChronoUnit.SECONDS);
        }
    }
}
