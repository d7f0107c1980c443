package dev.runbook.journal;

import dev.runbook.event.RunEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Appends to a journal on disk and tells a listener what was written. Before each line it makes sure that the run is still its
 * own and that the file is as it left it. Once it could not be written it takes nothing more: a line after a torn one would
 * break the chain. Safe for use by several threads.
 *
 * <p>The number and the hash of the last line are kept in a second file, where a journal that lost its end is found out. A line
 * is forced to disk in the journal first and there second, before anybody hears of it. So no line from which anything followed
 * can be missing without notice, and a crash between the two leaves a journal that is one line longer, which accuses nobody. The
 * other way round that crash would look as if somebody had cut off the last line, so a last line that was cut off would have to
 * be taken for that crash.
 */
public final class JournalFile implements Journal, AutoCloseable {
    /** Says to whom a run belongs. */
    public interface Claim {
        /** A claim that nobody disputes: for a journal that only this process knows of. */
        Claim ALONE = () -> Optional.empty();

        /**
         * Who else has the run now, in one sentence; empty while it is this process.
         *
         * @throws IOException if that cannot be found out
         */
        Optional<String> lostTo() throws IOException;
    }

    private final EventCodec codec = new EventCodec();
    private final Path path;
    private final FileChannel channel;
    private final FileChannel last;
    private final Clock clock;
    private final Consumer<Entry> listener;
    private final Claim claim;
    private long length;
    private long number;
    private String hash = HashChain.START;
    private Optional<String> first = Optional.empty();
    private Optional<Journal.LostException> lost = Optional.empty();

    private JournalFile(
            Path path, FileChannel channel, FileChannel last, Clock clock, Consumer<Entry> listener, Claim claim) {
        this.path = path;
        this.channel = channel;
        this.last = last;
        this.clock = clock;
        this.listener = listener;
        this.claim = claim;
    }

    /**
     * Begins a journal that only this process knows of.
     *
     * @param path a file that must not be there yet
     * @param listener hears each entry after it is on disk
     * @throws Journal.LostException if the file cannot be made
     */
    public static JournalFile create(Path path, Clock clock, Consumer<Entry> listener) {
        return create(path, clock, listener, Claim.ALONE);
    }

    /**
     * Begins a journal.
     *
     * @param path a file that must not be there yet
     * @param listener hears each entry after it is on disk
     * @param claim is asked before each line
     * @throws Journal.LostException if the file cannot be made
     */
    public static JournalFile create(Path path, Clock clock, Consumer<Entry> listener, Claim claim) {
        try {
            FileChannel channel = PrivateFiles.create(path);
            JournalFile journal = new JournalFile(path, channel, openLast(path, channel), clock, listener, claim);
            try {
                journal.keepEnd();
                return journal;
            } catch (IOException e) {
                journal.close();
                throw e;
            }
        } catch (IOException e) {
            throw lost(path, e);
        }
    }

    /** Continues a journal that only this process knows of. */
    public static JournalFile goOn(JournalReader.Read read, Clock clock, Consumer<Entry> listener) {
        return goOn(read, clock, listener, Claim.ALONE);
    }

    /**
     * Continues a journal after its last whole line; what a crash left after that is cut off.
     *
     * @param read the same file, read before by whoever had the claim then already
     * @param claim is asked before the file is touched, and before each line
     * @throws Journal.LostException if the file cannot be opened, or is not what was read
     */
    public static JournalFile goOn(JournalReader.Read read, Clock clock, Consumer<Entry> listener, Claim claim) {
        Path path = read.path();
        try {
            FileChannel channel = PrivateFiles.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            JournalFile journal = new JournalFile(path, channel, openLast(path, channel), clock, listener, claim);
            Entry end = read.entries().get(read.entries().size() - 1);
            journal.number = end.number();
            journal.first = Optional.of(read.entries().get(0).hash());
            journal.hash = end.hash();
            journal.length = read.size();
            try {
                journal.requireOwn();
                journal.requireLastLine(read.length());
                channel.truncate(read.length());
                journal.length = read.length();
                journal.keepEnd();
                return journal;
            } catch (IOException | Journal.LostException e) {
                journal.close();
                throw e;
            }
        } catch (IOException e) {
            throw lost(path, e);
        }
    }

    private static FileChannel openLast(Path path, FileChannel channel) throws IOException {
        try {
            Path last = JournalReader.last(path);
            return Files.exists(last) ? PrivateFiles.open(last, StandardOpenOption.WRITE) : PrivateFiles.create(last);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public synchronized Instant append(RunEvent event) {
        requireClaim();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        HashChain.Sealed sealed = HashChain.seal(codec.write(number + 1, now.toString(), event), hash);
        byte[] line = (sealed.line() + "\n").getBytes(StandardCharsets.UTF_8);
        boolean whole = false;
        try {
            write(channel, line, length);
            channel.force(false);
            whole = true;
            length += line.length;
            number++;
            hash = sealed.hash();
            keepEnd();
        } catch (IOException e) {
            if (!whole) {
                leaveAsItWas();
            }
            throw lose(lost(path, e));
        }
        first = first.or(() -> Optional.of(sealed.hash()));
        listener.accept(new Entry(number, now, event, hash));
        return now;
    }

    /** Keeps the number and the hash of the last line besides, on disk. */
    private void keepEnd() throws IOException {
        write(last, JournalReader.lastLine(number, hash), 0);
        last.force(false);
    }

    /** The hash of the first line, which no other run has: empty before there is one. */
    public synchronized String firstHash() {
        return first.orElse("");
    }

    /** The number of the last line that this process wrote or read. */
    public synchronized long number() {
        return number;
    }

    /** The number of the last line, and the beginning of its hash. */
    public synchronized String end() {
        return number + " lines, the last hash begins with " + hash.substring(0, JournalReader.SHORT_HASH);
    }

    private static void write(FileChannel channel, byte[] content, long place) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
            channel.write(bytes, place + bytes.position());
        }
    }

    /**
     * Makes sure that the run is still this process's: to be asked where time may have passed since the last line.
     *
     * @throws Journal.LostException if it is not; nothing more is taken then
     */
    public synchronized void requireClaim() {
        lost.ifPresent(reason -> {
            throw reason;
        });
        try {
            requireOwn();
        } catch (IOException e) {
            throw lose(lost(path, e));
        } catch (Journal.LostException e) {
            throw lose(e);
        }
    }

    /** Some systems let a file be deleted while it is written, and take what is written all the same. */
    private void requireOwn() throws IOException {
        if (Files.notExists(path)) {
            throw new NoSuchFileException(path.toString(), null, "it is not there any more");
        }
        Optional<String> other = claim.lostTo();
        if (other.isPresent()) {
            throw Journal.LostException.taken(other.get());
        }
        if (channel.size() != length) {
            throw Journal.LostException.taken("The journal " + path
                    + " is not as this process read it or left it: somebody else has written to it.");
        }
    }

    /** The line on which the next one builds must still end where it ended. */
    private void requireLastLine(long end) throws IOException {
        byte[] wanted = HashChain.end(hash).getBytes(StandardCharsets.UTF_8);
        ByteBuffer found = ByteBuffer.allocate(wanted.length);
        while (found.hasRemaining() && channel.read(found, end - wanted.length + found.position()) > 0) {
            // a file may give less than is asked for
        }
        if (!ByteBuffer.wrap(wanted).equals(found.flip())) {
            throw Journal.LostException.taken(
                    "The journal " + path + " is not as this process read it: somebody else has written to it.");
        }
    }

    /** A line that a full disk took half of is no line; a resume would cut it off as well. */
    private void leaveAsItWas() {
        try {
            if (channel.size() > length) {
                channel.truncate(length);
            }
        } catch (IOException e) {
            // then it is left to the resume
            return;
        }
    }

    private Journal.LostException lose(Journal.LostException reason) {
        lost = Optional.of(reason);
        return reason;
    }

    /** Ends the writing. Whatever a disk says to that: every line is on it already. */
    @Override
    public synchronized void close() {
        close(channel);
        close(last);
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // nothing is lost by it
            return;
        }
    }

    private static Journal.LostException lost(Path path, IOException e) {
        return new Journal.LostException("The journal " + path + " cannot be written: " + e.getMessage(), e);
    }

    /**
     * Binds each line of a journal to the one before: a line ends with {@code ,"hash":"…"}}, which is the SHA-256 of the hash
     * before and of the line without that ending.
     */
    static final class HashChain {
        /** The hash before the first line. */
        static final String START = "0".repeat(64);

        private static final String MARK = ",\"hash\":\"";
        private static final int TAIL = MARK.length() + 64 + "\"}".length();

        private HashChain() {}

        /** A JSON object with its hash added at the end. */
        static Sealed seal(String object, String before) {
            String hash = hash(before, object);
            return new Sealed(object.substring(0, object.length() - 1) + MARK + hash + "\"}", hash);
        }

        /** The hash of a line, if it is the right one behind {@code before}. */
        static Optional<String> check(String line, String before) {
            int cut = line.length() - TAIL;
            if (cut < 1 || !line.startsWith(MARK, cut) || !line.endsWith("\"}")) {
                return Optional.empty();
            }
            String written = line.substring(cut + MARK.length(), line.length() - 2);
            return written.equals(hash(before, line.substring(0, cut) + "}")) ? Optional.of(written) : Optional.empty();
        }

        /** With what a line of this hash ends, its line end included. */
        static String end(String hash) {
            return MARK + hash + "\"}\n";
        }

        /** SHA-256 of a file's content, in hexadecimal digits. */
        static String digest(byte[] content) {
            return HexFormat.of().formatHex(sha256().digest(content));
        }

        private static String hash(String before, String object) {
            return digest((before + object).getBytes(StandardCharsets.UTF_8));
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }

        /**
         * A line as it is written.
         *
         * @param line without its line end
         * @param hash the one that the next line builds on
         */
        record Sealed(String line, String hash) {}
    }
}
