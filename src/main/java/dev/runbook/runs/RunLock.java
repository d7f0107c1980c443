package dev.runbook.runs;

import dev.runbook.event.Actor;
import dev.runbook.journal.JournalFile;
import dev.runbook.journal.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Keeps two processes from working on one run at the same time. The operating system ends it with the process, however that
 * ends; a file server may need a while to notice that a computer is gone.
 *
 * <p>The file {@code lock} is locked and stays empty; {@code lock.owner} beside it says whose it is. A lock file is never
 * deleted: whoever takes a run over from a process that is gone makes the file of the next turn, {@code lock-2}, which only one
 * can make, and the newest file alone counts. A process that was taken for gone and is not finds that file before its next line
 * and its next effect.
 *
 * <p>On POSIX systems a process loses its lock as soon as it closes the locked file, by whatever handle. So nothing here opens a
 * file that this process has locked: it knows its own by {@code lock.owner}.
 */
public final class RunLock implements JournalFile.Claim, AutoCloseable {
    /** What to say of a run of which {@link Held#UNKNOWN} was found. */
    public static final String UNTOLD =
            "%s: whether somebody works on it now cannot be told: this user may not look at its lock,"
                    + " or what lies there is none.";

    /** Windows lets nobody read what is locked: so the lock lies far behind anything that may stand there. */
    private static final long PLACE = 1L << 40;

    private static final int MAX_TURNS = 1000;
    private static final int MAX_OWNER = 4096;
    /** Whoever only looks holds a lock for the time that looking takes. */
    private static final int TRIES = 20;

    private static final long BETWEEN_TRIES = TimeUnit.MILLISECONDS.toNanos(25);
    private static final LinkOption NO_LINK = LinkOption.NOFOLLOW_LINKS;

    /** Whether somebody works on a run. */
    public enum Held {
        /** Nobody does. */
        NO,
        /** Some process does. */
        YES,
        /** It cannot be told: this user may not ask, or what lies there is no lock. */
        UNKNOWN
    }

    private final RunFolder run;
    private final int turn;
    private final FileChannel channel;
    private final Optional<Object> identity;

    private RunLock(RunFolder run, int turn, FileChannel channel) throws IOException {
        this.run = run;
        this.turn = turn;
        this.channel = channel;
        this.identity = identity(file(run, turn));
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
            int turn = turn(run);
            Path file = file(run, turn);
            if (isOwn(run, turn)) {
                return Optional.empty();
            }
            return locked(run, turn, Files.exists(file, NO_LINK) ? openToLock(file) : make(file), actor, now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Takes the lock of a run in place of a process that has it and is known to be gone; empty where somebody else was faster.
     * Whoever had it stops before its next line, should it be alive after all.
     *
     * @throws java.io.UncheckedIOException if the folder cannot be written to
     */
    public static Optional<RunLock> takeOver(RunFolder run, Actor actor, Instant now) {
        try {
            int turn = turn(run) + 1;
            return locked(run, turn, PrivateFiles.create(file(run, turn)), actor, now);
        } catch (FileAlreadyExistsException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel openToLock(Path file) throws IOException {
        return PrivateFiles.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static FileChannel make(Path file) throws IOException {
        try {
            return PrivateFiles.create(file);
        } catch (FileAlreadyExistsException e) {
            return openToLock(file);
        }
    }

    private static Optional<RunLock> locked(RunFolder run, int turn, FileChannel channel, Actor actor, Instant now)
            throws IOException {
        boolean taken = false;
        try {
            for (int left = TRIES; !taken && left > 0; left--) {
                taken = tryLock(channel, false);
                if (!taken) {
                    LockSupport.parkNanos(BETWEEN_TRIES);
                }
            }
            if (taken && turn(run) == turn) {
                Owner owner = new Owner(actor.user(), actor.host(), actor.process(), now, Optional.of(thisProcess()));
                PrivateFiles.replace(ownerFile(run, turn), owner.text().getBytes(StandardCharsets.UTF_8));
                return Optional.of(new RunLock(run, turn, channel));
            }
            taken = false;
            return Optional.empty();
        } catch (IOException e) {
            taken = false;
            throw e;
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /** Whether a process works on the run now. Asking takes nothing away, needs no right to write, and never fails. */
    public static Held held(RunFolder run) {
        try {
            int turn = turn(run);
            Path file = file(run, turn);
            if (isOwn(run, turn)) {
                return Held.YES;
            }
            if (!Files.exists(file, NO_LINK)) {
                return Files.notExists(file, NO_LINK) ? Held.NO : Held.UNKNOWN;
            }
            try (FileChannel channel = PrivateFiles.open(file, StandardOpenOption.READ)) {
                return tryLock(channel, true) ? Held.NO : Held.YES;
            }
        } catch (IOException e) {
            return Held.UNKNOWN;
        }
    }

    /** Whether a process works on the run now, as far as that can be told. */
    public static boolean isHeld(RunFolder run) {
        return held(run) == Held.YES;
    }

    /**
     * What was read of a run, and whether a process worked on it then.
     *
     * @param read what was read
     * @param isHeld as of the same moment, as far as that can be told
     */
    public record Seen<T>(T read, boolean isHeld) {}

    /**
     * Reads a run and asks for its lock, both as of one moment: a process that works on it may write its last lines and give
     * the lock back between the two, and the run would look like one that was cut off.
     *
     * @param read reads the journal; called again where lines were added meanwhile
     */
    public static <T> Seen<T> seen(RunFolder run, Supplier<T> read) {
        for (int left = TRIES; ; left--) {
            long before = run.journalSize();
            T found = read.get();
            boolean held = isHeld(run);
            if (held || left == 0 || run.journalSize() == before) {
                return new Seen<>(found, held);
            }
        }
    }

    /** Who works on the run, or did when it was last worked on and nobody ended that; empty where that cannot be told. */
    public static Optional<Owner> owner(RunFolder run) {
        return owner(run, turn(run));
    }

    @Override
    public Optional<String> lostTo() throws IOException {
        if (Files.exists(file(run, turn + 1), NO_LINK)) {
            return Optional.of(run.path() + " is worked on by "
                    + owner(run).map(Owner::words).orElse("another process")
                    + " now: this process was taken for gone, and has lost it.");
        }
        boolean same;
        try {
            same = channel.isOpen() && identity.equals(identity(file(run, turn)));
        } catch (NoSuchFileException e) {
            if (Files.notExists(run.path(), NO_LINK)) {
                // the folder was taken away: nobody else has the run
                throw e;
            }
            same = false;
        }
        return same ? Optional.empty() : Optional.of("Somebody has removed the lock " + file(run, turn) + ".");
    }

    /** Gives it back. Whatever a disk says to that: the operating system ends the lock with the process. */
    @Override
    public void close() {
        try {
            if (channel.isOpen() && lostTo().isEmpty()) {
                Files.deleteIfExists(ownerFile(run, turn));
            }
        } catch (IOException e) {
            // a name that stays behind does no harm: nobody holds the lock
        } finally {
            closeQuietly();
        }
    }

    private void closeQuietly() {
        try {
            channel.close();
        } catch (IOException e) {
            // what cannot be closed ends with the process
            return;
        }
    }

    private static boolean tryLock(FileChannel channel, boolean shared) throws IOException {
        try {
            FileLock lock = channel.tryLock(PLACE, 1, shared);
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // this very process has it
            return false;
        }
    }

    private static int turn(RunFolder run) {
        int turn = 1;
        while (turn < MAX_TURNS && Files.exists(file(run, turn + 1), NO_LINK)) {
            turn++;
        }
        return turn;
    }

    private static Path file(RunFolder run, int turn) {
        return run.path().resolve(turn == 1 ? "lock" : "lock-" + turn);
    }

    private static Path ownerFile(RunFolder run, int turn) {
        return run.path().resolve(file(run, turn).getFileName() + ".owner");
    }

    private static Optional<Owner> owner(RunFolder run, int turn) {
        try {
            byte[] text = PrivateFiles.read(ownerFile(run, turn), MAX_OWNER);
            return Owner.parse(new String(text, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isOwn(RunFolder run, int turn) {
        return owner(run, turn)
                .flatMap(Owner::identity)
                .filter(thisProcess()::equals)
                .isPresent();
    }

    /** Which process of which start: a number alone comes again. */
    private static String thisProcess() {
        ProcessHandle process = ProcessHandle.current();
        return process.pid() + " "
                + process.info().startInstant().map(Instant::toString).orElse("");
    }

    /** Which file of the disk has this name. */
    private static Optional<Object> identity(Path file) throws IOException {
        return Optional.ofNullable(
                Files.readAttributes(file, BasicFileAttributes.class, NO_LINK).fileKey());
    }

    /**
     * Who works on a run.
     *
     * @param user the account
     * @param host the computer
     * @param process the process id there
     * @param since when it began
     * @param identity tells that process from others of its number
     */
    public record Owner(String user, String host, long process, Instant since, Optional<String> identity) {
        /** One line for each component, in their order. */
        String text() {
            return String.join("\n", user, host, String.valueOf(process), since.toString(), identity.orElse("")) + "\n";
        }

        /** The owner as written; empty where the text is none. */
        static Optional<Owner> parse(String text) {
            List<String> lines = text.lines().toList();
            if (lines.size() != 5) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Owner(
                        lines.get(0),
                        lines.get(1),
                        Long.parseLong(lines.get(2)),
                        Instant.parse(lines.get(3)),
                        Optional.of(lines.get(4))));
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
