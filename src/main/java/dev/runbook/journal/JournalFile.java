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
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Appends to a journal on disk and tells a listener what was written. Once it could not be written it takes nothing more: a line
 * behind a torn one would break the chain. Safe for use by several threads.
 */
public final class JournalFile implements Journal, AutoCloseable {
    private final EventCodec codec = new EventCodec();
    private final Path path;
    private final FileChannel channel;
    private final Clock clock;
    private final Consumer<Entry> listener;
    private long number;
    private String hash;
    private Optional<IOException> lost = Optional.empty();

    private JournalFile(Path path, FileChannel channel, Clock clock, Consumer<Entry> listener) {
        this.path = path;
        this.channel = channel;
        this.clock = clock;
        this.listener = listener;
        this.hash = HashChain.START;
    }

    /**
     * Begins a journal.
     *
     * @param path a file that must not be there yet
     * @param listener hears each entry after it is on disk
     * @throws JournalLostException if the file cannot be made
     */
    public static JournalFile create(Path path, Clock clock, Consumer<Entry> listener) {
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            PrivateFiles.restrict(path);
            return new JournalFile(path, channel, clock, listener);
        } catch (IOException e) {
            throw lost(path, e);
        }
    }

    /**
     * Goes on with a journal behind its last whole line; what a crash left behind that is cut off.
     *
     * @param read the same file, read before
     * @throws JournalLostException if the file cannot be opened
     */
    public static JournalFile goOn(JournalReader.Read read, Clock clock, Consumer<Entry> listener) {
        try {
            FileChannel channel = FileChannel.open(read.path(), StandardOpenOption.WRITE);
            channel.truncate(read.length());
            channel.position(read.length());
            JournalFile journal = new JournalFile(read.path(), channel, clock, listener);
            Entry last = read.entries().get(read.entries().size() - 1);
            journal.number = last.number();
            journal.hash = last.hash();
            return journal;
        } catch (IOException e) {
            throw lost(read.path(), e);
        }
    }

    @Override
    public synchronized void append(RunEvent event) {
        lost.ifPresent(trouble -> {
            throw lost(path, trouble);
        });
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        HashChain.Sealed sealed = HashChain.seal(codec.write(number + 1, now.toString(), event), hash);
        ByteBuffer bytes = ByteBuffer.wrap((sealed.line() + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            refuseGone();
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        } catch (IOException e) {
            lost = Optional.of(e);
            throw lost(path, e);
        }
        number++;
        hash = sealed.hash();
        listener.accept(new Entry(number, now, event, hash));
    }

    /** Some systems let a file be deleted while it is written, and take what is written all the same. */
    private void refuseGone() throws IOException {
        if (Files.notExists(path)) {
            throw new NoSuchFileException(path.toString(), null, "it is not there any more");
        }
    }

    @Override
    public synchronized void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw lost(path, e);
        }
    }

    private static JournalLostException lost(Path path, IOException e) {
        return new JournalLostException("The journal " + path + " cannot be written: " + e.getMessage(), e);
    }
}
